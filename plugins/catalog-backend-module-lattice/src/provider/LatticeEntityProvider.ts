import type { ResourceEntity } from '@backstage/catalog-model';
import type {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import type { EstatePart } from './EstatePart';

/**
 * Provides the entities of one part of one account and region.
 *
 * @remarks
 * One provider for each part, so that a part that can't be read just isn't provided anew: the catalog
 * keeps its entities, also across a restart, while the other parts go on.
 */
export class LatticeEntityProvider implements EntityProvider {
  readonly accountId: string;
  readonly region: string;
  readonly part: EstatePart;
  private connection?: EntityProviderConnection;
  private provided?: string;

  constructor(options: {
    accountId: string;
    region: string;
    part: EstatePart;
  }) {
    this.accountId = options.accountId;
    this.region = options.region;
    this.part = options.part;
  }

  getProviderName(): string {
    return `lattice:${this.accountId}/${this.region}/${this.part}`;
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.connection = connection;
  }

  /** Replaces what this provider provided before. Does nothing if nothing has changed. */
  async provide(entities: ResourceEntity[]): Promise<void> {
    const text = JSON.stringify(entities);
    if (!this.connection || text === this.provided) {
      return;
    }
    const locationKey = this.getProviderName();
    await this.connection.applyMutation({
      type: 'full',
      entities: entities.map(entity => ({ entity, locationKey })),
    });
    this.provided = text;
  }
}
