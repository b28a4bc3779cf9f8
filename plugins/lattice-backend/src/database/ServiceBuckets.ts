import type { Knex } from 'knex';
import { forValues } from './sql';
import { upsert } from './upsert';

/**
 * What is to be added to the rows of services in hours or days: there is one row for each service in each,
 * with all that is kept of it as a text.
 */
export class ServiceBuckets<T> {
  readonly #buckets = new Map<number, Map<string, T>>();

  /** Those that something is added to, by their starts. */
  get starts(): number[] {
    return [...this.#buckets.keys()];
  }

  /** What is added for a service in the hour or the day that starts then. */
  ensure(start: number, service: string, create: () => T): T {
    let services = this.#buckets.get(start);
    if (!services) {
      services = new Map();
      this.#buckets.set(start, services);
    }
    let added = services.get(service);
    if (added === undefined) {
      added = create();
      services.set(service, added);
    }
    return added;
  }

  /**
   * Adds to the rows. Nobody else may add to them meanwhile: what is read is written over.
   *
   * @param options - `column`: with the text; `merge`: makes it of the one before, if there is one
   */
  async addTo(
    transaction: Knex.Transaction,
    options: {
      table: string;
      column: string;
      merge: (before: string | undefined, added: T) => string;
    },
  ): Promise<void> {
    const { table, column, merge } = options;
    const rows: object[] = [];
    for (const [bucket, services] of this.#buckets) {
      const known = await forValues([...services.keys()], piece =>
        transaction(table)
          .where({ bucket })
          .whereIn('service_arn', piece)
          .select('service_arn', column),
      );
      const before = new Map(known.map(row => [row.service_arn, row[column]]));
      for (const [service, added] of services) {
        rows.push({
          bucket,
          service_arn: service,
          [column]: merge(before.get(service), added),
        });
      }
    }
    await upsert(transaction, {
      table,
      rows,
      key: ['bucket', 'service_arn'],
      merge: { [column]: transaction.raw('excluded.??', [column]) },
    });
  }
}
