import type { Tags } from '../../estate/resources';
import type { EksCluster } from '../../estate/containerResources';

const BASE = 'application-networking.k8s.aws/';

/** Tags by which the controller knows what it made, and for what. */
export const tagKeys = {
  managedBy: `${BASE}ManagedBy`,
  clusterName: `${BASE}ClusterName`,
  serviceName: `${BASE}ServiceName`,
  serviceNamespace: `${BASE}ServiceNamespace`,
  routeName: `${BASE}RouteName`,
  routeNamespace: `${BASE}RouteNamespace`,
  routeType: `${BASE}RouteType`,
  sourceType: `${BASE}SourceTypeKey`,
  protocolVersion: `${BASE}ProtocolVersion`,
  accessLogPolicy: `${BASE}AccessLogPolicy`,
};

/** What stands in `ManagedBy`: account, cluster and VPC. */
export function managedBy({ accountId, name, vpcId }: EksCluster): string {
  return `${accountId}/${name}/${vpcId}`;
}

/**
 * Tags that an object asks for by its annotation `tags`: `key=value`, comma-separated.
 *
 * @remarks
 * Those of the controller and of AWS are left out.
 * https://www.gateway-api-controller.eks.aws.dev/latest/guides/additional-tags/
 */
export function additionalTags(annotations: Record<string, string>): Tags {
  const tags: Tags = {};
  for (const pair of (annotations[`${BASE}tags`] ?? '').split(',')) {
    const [key, ...value] = pair.split('=');
    const name = key.trim();
    if (name && !name.startsWith(BASE) && !name.startsWith('aws:')) {
      tags[name] = value.join('=').trim();
    }
  }
  return tags;
}

/** Whether a resource has all of the tags. */
export function hasTags(tags: Tags, wanted: Tags): boolean {
  return Object.entries(wanted).every(([key, value]) => tags[key] === value);
}
