import type { Delivery, Manifest } from '../../estate/clusterResources';
import type { Estate } from '../../estate/Estate';
import { objectKey } from '../manifests/objectKey';
import { ManifestError } from '../manifests/parseManifests';

/** Kinds that belong to the whole cluster. */
const CLUSTER_KINDS = new Set([
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'GatewayClass',
  'Namespace',
  'PersistentVolume',
  'PriorityClass',
  'ServiceNetwork',
  'StorageClass',
]);

/**
 * Makes the objects of a delivery what they are to be: new ones are put, changed ones changed, and those
 * that are no longer there removed. Nothing is changed where one can't be applied.
 *
 * @throws ManifestError where another delivery holds one of the objects.
 */
export function applyManifests(options: {
  estate: Estate;
  delivery: Pick<Delivery, 'clusterArn' | 'name'>;
  manifests: Manifest[];
  /** For objects that name none. */
  namespace: string;
}): void {
  const { estate, delivery, namespace } = options;
  const { clusterArn, name } = delivery;
  const { kubernetesObjects } = estate;
  const wanted = new Map(
    options.manifests.map(manifest => {
      const placed = withNamespace(manifest, namespace);
      return [objectKey(clusterArn, placed), placed];
    }),
  );
  for (const [key, { kind, metadata }] of wanted) {
    const holder = kubernetesObjects.get(key)?.delivery ?? name;
    if (holder !== name) {
      throw new ManifestError(
        `${kind} ${metadata.name} is held by ${holder} already`,
      );
    }
  }
  for (const [key, object] of kubernetesObjects.entries()) {
    if (
      object.clusterArn === clusterArn &&
      object.delivery === name &&
      !wanted.has(key)
    ) {
      kubernetesObjects.delete(key);
    }
  }
  for (const [key, manifest] of wanted) {
    const before = kubernetesObjects.get(key);
    if (JSON.stringify(before?.manifest) !== JSON.stringify(manifest)) {
      kubernetesObjects.put(key, {
        clusterArn,
        delivery: name,
        manifest,
        generation: (before?.generation ?? 0) + 1,
        conditions: before?.conditions ?? [],
        annotations: before?.annotations ?? {},
      });
    }
  }
}

function withNamespace(manifest: Manifest, namespace: string): Manifest {
  return CLUSTER_KINDS.has(manifest.kind)
    ? manifest
    : {
        ...manifest,
        metadata: {
          ...manifest.metadata,
          namespace: manifest.metadata.namespace ?? namespace,
        },
      };
}
