import type { ClusterObjects } from '../manifests/ClusterObjects';
import type { TargetGroupPolicy } from './buildTargetGroup';

/** The policy of a Service or ServiceExport: the first by name, where there are several. */
export function findTargetGroupPolicy(
  objects: ClusterObjects,
  of: { kind: string; namespace: string; name: string },
): TargetGroupPolicy | undefined {
  return objects
    .all('application-networking.k8s.aws/v1alpha1/TargetGroupPolicy')
    .filter(
      ({ namespace, spec: { targetRef } }) =>
        namespace === of.namespace &&
        targetRef.kind === of.kind &&
        targetRef.name === of.name,
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .at(0);
}
