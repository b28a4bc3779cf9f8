import { hasTags, tagKeys } from './controllerTags';
import { deployListeners } from './deployListeners';
import type { LatticeAccount, TaggedResource } from './LatticeAccount';
import type { Backend, ServiceModel } from './Model';

/** A service whose name another's has. */
export class NameConflict extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NameConflict';
  }
}

/** What a route is told of its service. */
export interface DeployedService {
  arn: string;
  id: string;
  domainName: string;
}

/**
 * Makes the service of a route what it is to be: itself, its associations, listeners and rules. A service
 * that was made now and can't be finished is taken back.
 *
 * @throws NameConflict, AwsError
 */
export async function deployService(options: {
  lattice: LatticeAccount;
  model: ServiceModel;
  /** All of the account. */
  services: TaggedResource[];
  /** Those the service is to be in. */
  networks: { arn: string; id: string }[];
  targetGroupIdOf: (backend: Backend) => string;
}): Promise<DeployedService> {
  const { lattice, model } = options;
  const found = findService(options);
  const service = found ?? (await createService(lattice, model));
  try {
    if (found) {
      await updateService(lattice, model, found);
    }
    await deployAssociations({ ...options, serviceId: service.id });
    await deployListeners({ ...options, serviceId: service.id });
  } catch (error) {
    if (!found) {
      await removeService(lattice, service.id);
    }
    throw error;
  }
  return {
    arn: service.arn,
    id: service.id,
    domainName: service.dnsEntry.domainName,
  };
}

/** The service that the route has; its name counted when it was made. */
function findService(options: {
  lattice: LatticeAccount;
  model: ServiceModel;
  services: TaggedResource[];
}): TaggedResource | undefined {
  const { lattice, model, services } = options;
  const own = services.find(
    service => lattice.owns(service) && hasTags(service.tags, model.identity),
  );
  const namesake = services.find(({ name }) => name === model.name);
  if (own || !namesake) {
    return own;
  }
  const owner = namesake.tags[tagKeys.managedBy];
  const route = namesake.tags[tagKeys.routeName];
  // One without tags of a controller is taken over, as the real one does.
  if (owner !== undefined && owner !== lattice.managedBy) {
    throw new NameConflict(
      `Found existing resource not owned by controller: ${namesake.arn} is managed by ${owner}`,
    );
  }
  if (route !== undefined) {
    throw new NameConflict(
      `Found existing resource with conflicting service name: ${namesake.arn}`,
    );
  }
  return namesake;
}

async function createService(lattice: LatticeAccount, model: ServiceModel) {
  const { name, customDomainName, certificateArn, identity, tags } = model;
  return lattice.call('CreateService', {
    name,
    customDomainName,
    certificateArn: customDomainName && certificateArn,
    tags: lattice.tags(tags, identity),
  });
}

async function updateService(
  lattice: LatticeAccount,
  { certificateArn, identity, tags }: ServiceModel,
  service: TaggedResource,
): Promise<void> {
  await lattice.keepTags(service, lattice.tags(tags, identity));
  const { certificateArn: current } = await lattice.call('GetService', {
    serviceIdentifier: service.id,
  });
  if (certificateArn && certificateArn !== current) {
    await lattice.call('UpdateService', {
      serviceIdentifier: service.id,
      certificateArn,
    });
  }
}

async function deployAssociations(options: {
  lattice: LatticeAccount;
  model: ServiceModel;
  networks: { arn: string; id: string }[];
  serviceId: string;
}): Promise<void> {
  const { lattice, model, networks, serviceId } = options;
  const current = await lattice.listTagged(
    'ListServiceNetworkServiceAssociations',
    { serviceIdentifier: serviceId },
  );
  for (const { arn } of networks) {
    const found = current.find(
      association => association.serviceNetworkArn === arn,
    );
    if (found) {
      await lattice.keepTags(found, model.tags);
    } else {
      await lattice.call('CreateServiceNetworkServiceAssociation', {
        serviceIdentifier: serviceId,
        serviceNetworkIdentifier: arn,
        tags: lattice.tags(model.tags),
      });
    }
  }
  for (const association of current) {
    const isWanted = networks.some(
      ({ arn }) => arn === association.serviceNetworkArn,
    );
    if (!isWanted && lattice.owns(association)) {
      await lattice.call('DeleteServiceNetworkServiceAssociation', {
        serviceNetworkServiceAssociationIdentifier: association.id,
      });
    }
  }
}

/** Takes a service away: out of its networks first, as VPC Lattice wants it. */
export async function removeService(
  lattice: LatticeAccount,
  serviceId: string,
): Promise<void> {
  const associations = await lattice.list(
    'ListServiceNetworkServiceAssociations',
    { serviceIdentifier: serviceId },
  );
  for (const { id } of associations) {
    await lattice.call('DeleteServiceNetworkServiceAssociation', {
      serviceNetworkServiceAssociationIdentifier: id,
    });
  }
  await lattice.call('DeleteService', { serviceIdentifier: serviceId });
}
