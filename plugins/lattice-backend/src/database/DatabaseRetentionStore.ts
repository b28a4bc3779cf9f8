import type { Knex } from 'knex';
import type { Proof } from '../ingest/openProofs';
import { numberColumns } from './causeTexts';
import { columnText } from './columnText';
import { forgetBuckets, markForgotten, takeEdgeVersion } from './edgeVersions';
import {
  type NewestByService,
  readNewestSince,
  writeNewest,
} from './newestCalls';
import type { NewestOfEdge } from './packedNewest';
import { forValues, MOST_VALUES, piecesOf } from './sql';

/** So much time is forgotten in one statement: readers and writers get their turn in between. */
const SLICE = 6 * 60 * 60 * 1000;
const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/**
 * Forgets old rows in the plugin's database.
 */
export class DatabaseRetentionStore {
  static create(options: { knex: Knex }): DatabaseRetentionStore {
    return new DatabaseRetentionStore(options.knex);
  }

  private constructor(private readonly knex: Knex) {}

  /**
   * Deletes what is older than the given times, in milliseconds since the epoch.
   *
   * @param options - `proofs`: denied requests and causes that stay, whatever their age
   */
  async prune(options: {
    before: {
      deniedRequests: number;
      outcomes: number;
      edges: number;
      causes: number;
      unparsedLines: number;
      seenLines: number;
    };
    proofs: Proof[];
    signal?: AbortSignal;
  }): Promise<void> {
    const { before, signal } = options;
    const proofs = options.proofs.map(proof => ({
      ...proof,
      serviceArn: columnText(proof.serviceArn),
    }));
    const ids = proofs.flatMap(({ deniedRequestId }) => deniedRequestId ?? []);
    const deleteOld = (
      table: string,
      column: string,
      time: number,
      restrict: (query: Knex.QueryBuilder) => void = () => {},
    ) => this.#deleteOld({ table, column, before: time, restrict, signal });

    // A row has the lines of an hour, or the counts.
    await deleteOld('log_seen_segments', 'hour', before.seenLines - HOUR);
    await deleteOld('outcomes_5m', 'bucket', before.outcomes - HOUR);
    await deleteOld('log_unparsed_lines', 'timestamp', before.unparsedLines);
    for (const [table, time] of [
      ['edges_1h', before.edges],
      ['edges_1d', before.edges - DAY],
    ] as const) {
      await deleteOld(table, 'bucket', time);
      await forgetBuckets(this.knex, { table, before: time });
    }
    // Of what was seen since, there are hours.
    await this.#forgetEdges(Math.ceil(before.edges / HOUR) * HOUR);
    await deleteOld('denied_causes_1h', 'bucket', before.causes, query => {
      keepProofs(query, proofs, 'bucket');
      query.whereNotIn('example_id', ids);
    });
    await this.#forgetCauses(before.causes);
    await this.#forgetTexts();
    await deleteOld(
      'denied_requests',
      'start_time',
      before.deniedRequests,
      query => {
        keepProofs(query, proofs, 'start_time');
        query.whereNotIn('id', ids);
      },
    );
    await this.#forgetDenied(before.deniedRequests);
    await this.knex('denied_request_logs')
      .whereNotExists(
        this.knex('denied_requests')
          .select(this.knex.raw('1'))
          .whereRaw('denied_requests.id = denied_request_logs.request_id'),
      )
      .delete();
  }

  async #forgetEdges(before: number): Promise<void> {
    await this.#changeEdges(async (transaction, newest, version) => {
      const old: number[] = [];
      const changed: NewestByService = new Map();
      for (const [service, calls] of newest) {
        for (const [number, { lastSeen }] of calls) {
          if (lastSeen < before) {
            old.push(number);
            calls.delete(number);
            changed.set(service, calls);
          }
        }
      }
      for (const piece of piecesOf(old, MOST_VALUES)) {
        await transaction('edges').whereIn('number', piece).delete();
      }
      await writeNewest(transaction, changed, version);
      if (old.length > 0) {
        await markForgotten(transaction, version);
      }
    });
  }

  /** Edges that were denied last then are no link to what is not kept. */
  async #forgetDenied(before: number): Promise<void> {
    await this.#changeEdges(async (transaction, newest, version) => {
      const old: { service: string; call: NewestOfEdge; id: string }[] = [];
      for (const [service, calls] of newest) {
        for (const call of calls.values()) {
          if (call.lastSeen < before && call.deniedRequestId !== undefined) {
            old.push({ service, call, id: call.deniedRequestId });
          }
        }
      }
      const kept = await forValues(
        old.map(({ id }) => id),
        piece =>
          transaction('denied_requests').whereIn('id', piece).pluck('id'),
      );
      const keptIds = new Set<string>(kept);
      const changed: NewestByService = new Map();
      for (const { service, call, id } of old) {
        if (!keptIds.has(id)) {
          call.deniedRequestId = undefined;
          changed.set(service, newest.get(service)!);
        }
      }
      await writeNewest(transaction, changed, version);
    });
  }

  /** Causes go with their last hour; where only newer hours went, an older one is the newest now. */
  async #forgetCauses(before: number): Promise<void> {
    const hours = () =>
      this.knex({ hour: 'denied_causes_1h' }).whereRaw(
        'hour.cause_id = denied_causes.cause_id',
      );
    // Hours of the time before are gone, but for those that are the proof of something.
    const old = this.knex('denied_causes').where(
      'last_seen',
      '<',
      before + HOUR,
    );
    await old
      .clone()
      .whereNotExists(hours().select(this.knex.raw('1')))
      .delete();
    const newest = (column: string) =>
      hours().orderBy('bucket', 'desc').limit(1).select(column);
    await old.whereNot('last_seen', newest('last_seen')).update({
      last_seen: newest('last_seen'),
      example_id: newest('example_id'),
    });
  }

  /** Texts go with the last cause that has them. */
  async #forgetTexts(): Promise<void> {
    await this.knex.transaction(async transaction => {
      // Nobody brings causes from here on that have one of them.
      await takeEdgeVersion(transaction);
      const used = Object.values(numberColumns).map(column =>
        transaction('denied_causes').select(column),
      );
      await transaction('denied_texts')
        .whereNotIn('number', transaction.union(used))
        .delete();
    });
  }

  async #changeEdges(
    change: (
      transaction: Knex.Transaction,
      newest: NewestByService,
      version: number,
    ) => Promise<void>,
  ): Promise<void> {
    await this.knex.transaction(async transaction => {
      // Before it is read: nobody else changes it then.
      const version = await takeEdgeVersion(transaction);
      await change(transaction, await readNewestSince(transaction), version);
    });
  }

  async #deleteOld(options: {
    table: string;
    column: string;
    before: number;
    restrict: (query: Knex.QueryBuilder) => void;
    signal?: AbortSignal;
  }): Promise<void> {
    const { table, column, before, restrict, signal } = options;
    let from = Number.MIN_SAFE_INTEGER;
    for (;;) {
      signal?.throwIfAborted();
      const oldest = await this.knex(table)
        .where(column, '>=', from)
        .where(column, '<', before)
        .modify(restrict)
        .min({ time: column })
        .first();
      if (oldest?.time === undefined || oldest.time === null) {
        return;
      }
      from = Number(oldest.time);
      const to = Math.min(from + SLICE, before);
      await this.knex(table)
        .where(column, '>=', from)
        .where(column, '<', to)
        .modify(restrict)
        .delete();
      from = to;
    }
  }
}

function keepProofs(
  query: Knex.QueryBuilder,
  proofs: Proof[],
  column: string,
): void {
  for (const { serviceArn, from } of proofs) {
    query.whereNot(builder =>
      builder
        .where('service_arn', serviceArn)
        // A row by the hour has calls of the hour behind its time.
        .where(column, '>=', from - HOUR),
    );
  }
}
