import type {
  AuthPolicyState,
  PolicyVersion,
  Service,
  ServiceDetail,
} from '@lattice-portal/plugin-lattice-common';
import type { EstateIndex } from './EstateIndex';

const WITHHELD: AuthPolicyState = {
  status: 'unreadable',
  reason: 'You may not read the policies of this resource.',
};

/**
 * A service with everything around it.
 *
 * @param options - `policyVersions`: of the service, oldest first; `mayReadPolicy`: whether the viewer
 * may read the policies of a service or network
 */
export function toServiceDetail(options: {
  service: Service;
  index: EstateIndex;
  policyVersions: PolicyVersion[];
  mayReadPolicy: (arn: string) => boolean;
}): ServiceDetail {
  const { service, index, policyVersions, mayReadPolicy } = options;
  const visible = <T extends { arn: string; authPolicy: AuthPolicyState }>(
    resource: T,
  ): T =>
    mayReadPolicy(resource.arn)
      ? resource
      : { ...resource, authPolicy: WITHHELD };
  const targetGroupArns = new Set(
    service.listeners
      .flatMap(listener => listener.rules)
      .flatMap(rule => rule.targetGroups)
      .map(group => group.targetGroupArn),
  );
  const { estate: _, ...freshness } = index.snapshot(service) ?? {
    accountId: service.accountId,
    region: service.region,
    status: 'never-read' as const,
    gaps: [],
    estate: undefined,
  };
  return {
    service: visible(service),
    owner: index.ownerOfResource(service.arn),
    entityRef: index.entityRefOf(service.arn) ?? '',
    serviceNetworks: index
      .networksOfService(service.arn)
      .flatMap(arn => index.serviceNetworks.get(arn) ?? [])
      .map(visible),
    serviceAssociations: index.serviceAssociations.filter(
      association => association.serviceArn === service.arn,
    ),
    targetGroups: [...index.targetGroups.values()].filter(({ arn }) =>
      targetGroupArns.has(arn),
    ),
    policyVersions: mayReadPolicy(service.arn)
      ? policyVersions.toReversed()
      : [],
    freshness,
  };
}
