import type { Manifest } from '../../estate/clusterResources';

/** Names an object among all clusters: cluster, group and kind, namespace and name. */
export function objectKey(
  clusterArn: string,
  {
    apiVersion,
    kind,
    metadata,
  }: Pick<Manifest, 'apiVersion' | 'kind'> & {
    metadata: { name: string; namespace?: string };
  },
): string {
  const group = apiVersion.includes('/') ? `${apiVersion.split('/')[0]}/` : '';
  return `${clusterArn} ${group}${kind} ${metadata.namespace ?? ''}/${
    metadata.name
  }`;
}
