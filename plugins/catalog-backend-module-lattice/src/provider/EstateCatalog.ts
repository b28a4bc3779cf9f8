import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type {
  EstateSnapshot,
  LatticeApi,
} from '@lattice-portal/plugin-lattice-common';
import { createEntityContext } from '../entities/EntityContext';
import { entitiesOfPart, estateParts } from './EstatePart';
import { LatticeEntityProvider } from './LatticeEntityProvider';

/** Carries the estate into the catalog, part by part. */
export class EstateCatalog {
  readonly providers: LatticeEntityProvider[];

  static create(options: {
    lattice: Pick<LatticeApi, 'getEstate'>;
    accounts: { accountId: string; regions: string[] }[];
    appBaseUrl: string;
    logger: LoggerService;
  }): EstateCatalog {
    return new EstateCatalog(options);
  }

  private constructor(
    private readonly options: Parameters<typeof EstateCatalog.create>[0],
  ) {
    this.providers = options.accounts.flatMap(({ accountId, regions }) =>
      regions.flatMap(region =>
        estateParts.map(
          part => new LatticeEntityProvider({ accountId, region, part }),
        ),
      ),
    );
  }

  /** Asks the lattice back end for the estate and provides what has been read of it. */
  async refresh(): Promise<void> {
    const { lattice, appBaseUrl, logger } = this.options;
    let snapshots: EstateSnapshot[];
    try {
      snapshots = (await lattice.getEstate()).snapshots;
    } catch (error) {
      logger.warn(
        `The VPC Lattice estate could not be fetched, its entities stay as they are: ${stringifyError(
          error,
        )}`,
      );
      return;
    }
    const context = createEntityContext({ snapshots, appBaseUrl });
    const placed = new Set<string>();
    for (const provider of this.providers) {
      const { accountId, region, part } = provider;
      const estate = snapshots.find(
        snapshot =>
          snapshot.accountId === accountId && snapshot.region === region,
      )?.estate;
      const entities = entitiesOfPart({ estate, part, context });
      // Several accounts may tell of the same foreign network; only the first provides it.
      const own = entities?.filter(
        ({ metadata }) => !placed.has(metadata.name),
      );
      if (own) {
        own.forEach(({ metadata }) => placed.add(metadata.name));
        await provider.provide(own);
      }
    }
  }
}
