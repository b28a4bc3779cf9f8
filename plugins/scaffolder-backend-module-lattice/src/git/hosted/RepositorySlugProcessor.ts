import type { Entity } from '@backstage/catalog-model';
import type {
  CatalogProcessor,
  LocationSpec,
} from '@backstage/plugin-catalog-node';

/**
 * Tells plugins of the host which repository a component is in: `github.com/project-slug` or
 * `gitlab.com/project-slug`. A component that says it itself keeps what it says.
 */
export class RepositorySlugProcessor implements CatalogProcessor {
  constructor(
    private readonly options: {
      annotation: string;
      /** Organization or group. */
      owner: string;
      nameOf: (url: string) => string | undefined;
    },
  ) {}

  getProcessorName(): string {
    return 'LatticeRepositorySlugProcessor';
  }

  async preProcessEntity(
    entity: Entity,
    location: LocationSpec,
  ): Promise<Entity> {
    const { annotation, owner, nameOf } = this.options;
    const name =
      entity.kind === 'Component' && location.type === 'url'
        ? nameOf(location.target)
        : undefined;
    if (!name) {
      return entity;
    }
    const { metadata } = entity;
    const annotations = {
      [annotation]: `${owner}/${name}`,
      ...metadata.annotations,
    };
    return { ...entity, metadata: { ...metadata, annotations } };
  }
}
