import type { KubernetesObject } from '../../estate/clusterResources';
import { kindSchemas, type KnownKind, type Typed } from './manifestSchema';
import { kindOf } from './parseManifests';

/** An object of a kind that the cluster acts on. */
export type TypedObject<K extends KnownKind> = Typed<K> & {
  kind: string;
  namespace: string;
  name: string;
  annotations: Record<string, string>;
  object: KubernetesObject;
};

/** The objects of one cluster, by kind. */
export class ClusterObjects {
  constructor(private readonly objects: KubernetesObject[]) {}

  all<K extends KnownKind>(kind: K): TypedObject<K>[] {
    return this.objects
      .filter(({ manifest }) => kindOf(manifest) === kind)
      .map(object => {
        const { manifest } = object;
        const {
          name,
          namespace = 'default',
          annotations = {},
        } = manifest.metadata;
        return {
          ...(kindSchemas[kind].parse(manifest) as Typed<K>),
          kind: manifest.kind,
          name,
          namespace,
          annotations,
          object,
        };
      });
  }

  find<K extends KnownKind>(
    kind: K,
    wanted: { namespace: string; name: string },
  ): TypedObject<K> | undefined {
    return this.all(kind).find(
      ({ namespace, name }) =>
        namespace === wanted.namespace && name === wanted.name,
    );
  }

  /** Whether there is an object of a kind of the core group, such as a Secret. */
  hasCore(kind: string, wanted: { namespace: string; name: string }): boolean {
    return this.objects.some(
      ({ manifest: { apiVersion, kind: itsKind, metadata } }) =>
        apiVersion === 'v1' &&
        itsKind === kind &&
        metadata.name === wanted.name &&
        metadata.namespace === wanted.namespace,
    );
  }
}
