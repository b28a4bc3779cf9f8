import type { Collection } from '../../estate/Collection';
import type {
  Listener,
  Rule,
  Service,
  ServiceNetwork,
  TargetGroup,
} from '../../estate/resources';
import type { OperationContext } from '../OperationHandler';
import { canSee } from '../sharing';
import { accessDenied, notFound, ResourceType } from './errors';

interface Identified {
  arn: string;
  id: string;
  accountId: string;
  region: string;
}

/** Who may reach the resource looked for. */
interface FindOptions {
  /** Also accounts it is shared with; else its owner alone. */
  shared?: boolean;
}

/**
 * Finds a resource by id or ARN.
 *
 * @remarks
 * An id is looked up among what the caller owns or is given; another account's resource needs its ARN.
 *
 * @throws AwsError ResourceNotFoundException, AccessDeniedException
 */
export function find<T extends Identified>(
  context: OperationContext,
  type: ResourceType,
  collection: Collection<T>,
  identifier: string,
  { shared = false }: FindOptions = {},
): T {
  const { estate, accountId, region } = context;
  const accepts = (resource: T) =>
    shared
      ? canSee(estate, resource, accountId)
      : resource.accountId === accountId;
  if (!identifier.startsWith('arn:')) {
    const found = collection.find(
      resource =>
        resource.id === identifier &&
        resource.region === region &&
        accepts(resource),
    );
    if (!found) {
      throw notFound(type, identifier);
    }
    return found;
  }
  const resource = collection.get(identifier);
  if (resource && resource.region === region && accepts(resource)) {
    return resource;
  }
  if (identifier.split(':')[4] === accountId) {
    throw notFound(type, identifier);
  }
  throw accessDenied(context.principalArn, identifier);
}

export function findServiceNetwork(
  context: OperationContext,
  identifier: string,
  options?: FindOptions,
): ServiceNetwork {
  const { serviceNetworks } = context.estate;
  return find(context, 'SERVICE_NETWORK', serviceNetworks, identifier, options);
}

export function findService(
  context: OperationContext,
  identifier: string,
  options?: FindOptions,
): Service {
  const { services } = context.estate;
  return find(context, 'SERVICE', services, identifier, options);
}

export function findTargetGroup(
  context: OperationContext,
  identifier: string,
): TargetGroup {
  const { targetGroups } = context.estate;
  return find(context, 'TARGET_GROUP', targetGroups, identifier);
}

/** A service network or a service: what auth policies and access logs are attached to. */
export function findNetworkOrService(
  context: OperationContext,
  identifier: string,
): (ServiceNetwork & { dnsEntry?: undefined }) | Service {
  return /(^|\/)svc-/.test(identifier)
    ? findService(context, identifier)
    : findServiceNetwork(context, identifier);
}

export function findListener(
  context: OperationContext,
  input: { serviceIdentifier: string; listenerIdentifier: string },
): { service: Service; listener: Listener } {
  const service = findService(context, input.serviceIdentifier);
  const { listenerIdentifier } = input;
  const listener = context.estate.listeners.find(
    candidate =>
      candidate.serviceArn === service.arn &&
      [candidate.id, candidate.arn].includes(listenerIdentifier),
  );
  if (!listener) {
    throw notFound('LISTENER', listenerIdentifier);
  }
  return { service, listener };
}

export function findRule(
  context: OperationContext,
  listener: Listener,
  ruleIdentifier: string,
): Rule {
  const rule = context.estate.rules.find(
    candidate =>
      candidate.listenerArn === listener.arn &&
      [candidate.id, candidate.arn].includes(ruleIdentifier),
  );
  if (!rule) {
    throw notFound('RULE', ruleIdentifier);
  }
  return rule;
}
