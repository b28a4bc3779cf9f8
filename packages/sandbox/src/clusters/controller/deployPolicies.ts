import type { AppliedAuthPolicy } from '../../estate/clusterResources';
import type { Collection } from '../../estate/Collection';
import { tagKeys } from './controllerTags';
import type { LatticeAccount } from './LatticeAccount';
import type {
  AccessLogModel,
  AuthPolicyModel,
  VpcAssociationModel,
} from './Model';

/** A service or service network that a policy is attached to. */
export interface PolicyResource {
  arn: string;
  id: string;
}

/** Puts an auth policy where it is not yet, and has it enforced. */
export async function deployAuthPolicy(options: {
  lattice: LatticeAccount;
  model: AuthPolicyModel;
  resource: PolicyResource;
  clusterArn: string;
  applied: Collection<AppliedAuthPolicy>;
}): Promise<void> {
  const { lattice, model, resource, clusterArn, applied } = options;
  const { objectKey, generation, policy } = model;
  const before = applied.get(objectKey);
  if (
    before?.resourceArn === resource.arn &&
    before.generation === generation
  ) {
    return;
  }
  if (before && before.resourceArn !== resource.arn) {
    await removeAuthPolicy(lattice, before.resourceArn);
  }
  // Noted first: what a crash leaves half-done is done again, or taken away.
  applied.put(objectKey, {
    clusterArn,
    objectKey,
    resourceArn: resource.arn,
    generation: 0,
  });
  await lattice.call('PutAuthPolicy', {
    resourceIdentifier: resource.arn,
    policy,
  });
  await setAuthType(lattice, resource.arn, 'AWS_IAM');
  applied.update(objectKey, record => ({ ...record, generation }));
}

/** Takes an auth policy away, and lets everybody in, as the controller does. */
export async function removeAuthPolicy(
  lattice: LatticeAccount,
  resourceArn: string,
): Promise<void> {
  try {
    await setAuthType(lattice, resourceArn, 'NONE');
    await lattice.call('DeleteAuthPolicy', { resourceIdentifier: resourceArn });
  } catch (error) {
    // With the service, its policy is gone.
    if ((error as { code?: string }).code !== 'ResourceNotFoundException') {
      throw error;
    }
  }
}

async function setAuthType(
  lattice: LatticeAccount,
  arn: string,
  authType: 'NONE' | 'AWS_IAM',
): Promise<void> {
  const isNetwork = arn.includes(':servicenetwork/');
  await lattice.call(isNetwork ? 'UpdateServiceNetwork' : 'UpdateService', {
    [isNetwork ? 'serviceNetworkIdentifier' : 'serviceIdentifier']: arn,
    authType,
  });
}

/** Makes the access log subscriptions of a resource what they are to be. */
export async function deployAccessLogs(options: {
  lattice: LatticeAccount;
  resource: PolicyResource;
  /** Those of this resource. */
  models: AccessLogModel[];
  onFailure: (model: AccessLogModel, error: unknown) => void;
}): Promise<void> {
  const { lattice, resource, models, onFailure } = options;
  const current = (
    await lattice.listTagged('ListAccessLogSubscriptions', {
      resourceIdentifier: resource.arn,
    })
  ).filter(subscription => lattice.owns(subscription));
  const plain = (arn: string) => arn.replace(/:\*$/, '');
  const kept = new Set<string>();
  for (const subscription of current) {
    const model = models.find(
      ({ name, destinationArn }) =>
        name === subscription.tags[tagKeys.accessLogPolicy] &&
        plain(destinationArn) === plain(subscription.destinationArn),
    );
    if (model) {
      kept.add(model.name);
      await lattice.keepTags(subscription, model.tags);
    } else {
      await lattice.call('DeleteAccessLogSubscription', {
        accessLogSubscriptionIdentifier: subscription.id,
      });
    }
  }
  for (const model of models.filter(({ name }) => !kept.has(name))) {
    try {
      await lattice.call('CreateAccessLogSubscription', {
        resourceIdentifier: resource.arn,
        destinationArn: model.destinationArn,
        tags: lattice.tags(model.tags, {
          [tagKeys.accessLogPolicy]: model.name,
        }),
      });
    } catch (error) {
      onFailure(model, error);
    }
  }
}

/**
 * Associates the cluster's VPC with a service network.
 *
 * @remarks
 * An association with another account's network that is there already is left as it is.
 */
export async function deployVpcAssociation(options: {
  lattice: LatticeAccount;
  model: VpcAssociationModel;
  network: PolicyResource;
  vpcId: string;
}): Promise<void> {
  const { lattice, model, network, vpcId } = options;
  const { securityGroupIds, tags } = model;
  const [current] = await lattice.listTagged(
    'ListServiceNetworkVpcAssociations',
    { serviceNetworkIdentifier: network.arn, vpcIdentifier: vpcId },
  );
  if (!current) {
    await lattice.call('CreateServiceNetworkVpcAssociation', {
      serviceNetworkIdentifier: network.arn,
      vpcIdentifier: vpcId,
      securityGroupIds,
      tags: lattice.tags(tags),
    });
    return;
  }
  if (!lattice.owns(current)) {
    return;
  }
  await lattice.keepTags(current, tags);
  const { securityGroupIds: groups } = await lattice.call(
    'GetServiceNetworkVpcAssociation',
    { serviceNetworkVpcAssociationIdentifier: current.id },
  );
  if ([...groups].sort().join() !== [...securityGroupIds].sort().join()) {
    await lattice.call('UpdateServiceNetworkVpcAssociation', {
      serviceNetworkVpcAssociationIdentifier: current.id,
      securityGroupIds,
    });
  }
}

/** Removes the association of a VPC that this controller made. */
export async function removeVpcAssociations(options: {
  lattice: LatticeAccount;
  vpcId: string;
  /** ARNs of the networks that the VPC is to be associated with. */
  wanted: Set<string>;
}): Promise<void> {
  const { lattice, vpcId, wanted } = options;
  const associations = await lattice.listTagged(
    'ListServiceNetworkVpcAssociations',
    { vpcIdentifier: vpcId },
  );
  for (const association of associations) {
    if (
      lattice.owns(association) &&
      !wanted.has(association.serviceNetworkArn)
    ) {
      await lattice.call('DeleteServiceNetworkVpcAssociation', {
        serviceNetworkVpcAssociationIdentifier: association.id,
      });
    }
  }
}
