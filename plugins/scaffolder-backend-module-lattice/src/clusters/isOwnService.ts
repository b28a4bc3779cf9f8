import type { ControlledService } from './ControlledService';

/** Parameters of the product for EKS. */
const CLUSTERS = ['ClusterName1', 'ClusterName2', 'ClusterName3'];

/**
 * Whether a service is the one that a product's parameters are about: made in one of its clusters, for the component
 * and the owner that the manifests of the same template name in its tags.
 */
export function isOwnService(
  { cluster, tags }: ControlledService,
  values: Record<string, string>,
): boolean {
  return (
    CLUSTERS.some(name => values[name] === cluster) &&
    tags.component === values.ServiceName &&
    tags.owner === values.Owner
  );
}

/** Whether the product leaves its service to the controller of a cluster. */
export function leavesServiceToCluster(
  values: Record<string, string>,
): boolean {
  return Boolean(values[CLUSTERS[0]] && values.ServiceName);
}
