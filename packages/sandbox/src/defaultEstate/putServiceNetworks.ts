import { stableId, stableUuid } from './identifiers';
import type { LoadContext } from './LoadContext';
import { putAccessLogs } from './putAccessLogs';
import { putPolicies } from './putPolicies';

/** Puts the service networks with their shares, VPC associations, policies and access logs. */
export function putServiceNetworks(context: LoadContext): void {
  const { estate, file } = context;
  for (const network of file.serviceNetworks) {
    const { name, account, authType } = network;
    const arn = context.networkArn(name);
    const id = stableId('sn', name);
    const times = context.times(network.created);
    const tags = context.tags(account, network.tags);
    estate.serviceNetworks.put(arn, {
      ...context.owned(account),
      ...times,
      arn,
      id,
      name,
      authType,
      tags,
    });
    for (const { vpc, securityGroups } of network.vpcs) {
      const { id: vpcId, account: vpcAccount } = context.vpc(vpc);
      const associationId = stableId('snva', `${name}/${vpc}`);
      const associationArn = context.lattice(
        vpcAccount,
        `servicenetworkvpcassociation/${associationId}`,
      );
      estate.vpcAssociations.put(associationArn, {
        ...context.owned(vpcAccount),
        ...times,
        arn: associationArn,
        id: associationId,
        serviceNetworkArn: arn,
        vpcId,
        securityGroupIds: securityGroups.map(group =>
          context.securityGroupId(group),
        ),
        status: 'ACTIVE',
        createdBy: context.accountId(vpcAccount),
        tags: context.tags(vpcAccount),
      });
    }
    if (network.sharedWith.length > 0) {
      const shareArn = context.arn(
        'ram',
        account,
        `resource-share/${stableUuid(`share/${name}`)}`,
      );
      estate.resourceShares.put(shareArn, {
        ...context.owned(account),
        ...times,
        arn: shareArn,
        name: `service-network-${name}`,
        status: 'ACTIVE',
        allowExternalPrincipals: false,
        resourceArns: [arn],
        principals: network.sharedWith.map(item => context.accountId(item)),
        tags,
      });
    }
    const resource = { arn, id, account, created: network.created };
    putAccessLogs({ context, resource, destinations: network.accessLogs });
    putPolicies({
      context,
      resource,
      type: 'AWS::VpcLattice::ServiceNetwork',
      revisions: network.policies,
    });
  }
}
