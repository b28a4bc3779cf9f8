import type {
  AccessLogObject,
  AccessLogObjects,
} from '@lattice-portal/plugin-lattice-node';
import type {
  AccessLogSubscription,
  RecordSinkStatus,
} from '@lattice-portal/plugin-lattice-common';
import type { Knex } from 'knex';
import { hoursReadOf } from '../ingest/hoursRead';
import type {
  EndedLogSource,
  IngestStore,
  StoredLogSource,
  StoredLogSourceStatus,
  StoredUnparsedLine,
} from './IngestStore';
import { Lease } from './Lease';
import { LineStore } from './LineStore';
import { readLogSources } from './readLogSources';
import type { RecordOutbox } from './RecordOutbox';
import {
  forValues,
  isoOf,
  optionalIsoOf,
  optionalNumberOf,
  piecesOf,
} from './sql';
import { isReadOn } from './toLogSource';

type StoreOptions = Parameters<IngestStore['store']>[0];

const LEASE = 'the taking in of access logs';
const LEASE_DURATION = 60_000;

/**
 * Takes in access log lines in the plugin's database.
 */
export class DatabaseIngestStore implements IngestStore {
  static create(options: {
    knex: Knex;
    outbox: RecordOutbox;
    /** Milliseconds until others take over from a process that died. Default: a minute. */
    leaseDuration?: number;
  }): DatabaseIngestStore {
    return new DatabaseIngestStore(options);
  }

  private readonly knex: Knex;
  readonly #lines: LineStore;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly options: Parameters<typeof DatabaseIngestStore.create>[0],
  ) {
    this.knex = options.knex;
    this.#lines = new LineStore(options);
  }

  async takeLease(): Promise<Lease | undefined> {
    return Lease.take({
      knex: this.knex,
      name: LEASE,
      duration: this.options.leaseDuration ?? LEASE_DURATION,
      now: Date.now,
    });
  }

  async ensureSource(options: {
    id: string;
    accountId: string;
    region: string;
    status: 'waiting' | 'unsupported';
    subscriptions?: number;
    deliveredBy?: readonly AccessLogSubscription[];
  }): Promise<StoredLogSource> {
    const { id, accountId, region, status, subscriptions = 1 } = options;
    const deliveredBy = options.deliveredBy
      ? JSON.stringify(options.deliveredBy)
      : null;
    await this.knex('log_sources')
      .insert({ id, account_id: accountId, region, status })
      .onConflict('id')
      .ignore();
    const row = await this.knex('log_sources').where({ id }).first();
    if (
      row.ended_at !== null ||
      row.subscriptions !== subscriptions ||
      row.delivered_by !== deliveredBy
    ) {
      await this.knex('log_sources').where({ id }).update({
        ended_at: null,
        subscriptions,
        delivered_by: deliveredBy,
      });
    }
    return toStoredLogSource(row);
  }

  async noteEnded(options: {
    subscribed: string[];
    at: number;
  }): Promise<void> {
    const { subscribed, at } = options;
    const rows = await this.knex('log_sources')
      .whereNull('ended_at')
      .select('id');
    const there = new Set(subscribed);
    const gone = rows.map(({ id }) => id).filter(id => !there.has(id));
    for (const piece of piecesOf(gone, 500)) {
      await this.knex('log_sources')
        .whereIn('id', piece)
        .update({ ended_at: at, progress: null });
    }
  }

  async endedSources(options: {
    failingSince: number;
  }): Promise<EndedLogSource[]> {
    const { failingSince } = options;
    const rows: any[] = await this.knex('log_sources')
      .whereNotNull('ended_at')
      .where(tried =>
        tried
          .whereNot('status', 'failing')
          .orWhere('ended_at', '>=', failingSince),
      );
    return rows.filter(isReadOn).map(row => ({
      ...toStoredLogSource(row),
      deliveredBy: JSON.parse(row.delivered_by),
    }));
  }

  async noteGone({ sourceNumber }: { sourceNumber: number }): Promise<void> {
    await this.knex('log_sources')
      .where({ number: sourceNumber })
      .update({ delivered_by: null });
  }

  objectsOf(sourceNumber: number): AccessLogObjects {
    return {
      find: async keys => {
        const rows = await forValues(keys, piece =>
          this.knex('log_objects')
            .where({ source_number: sourceNumber })
            .whereIn('object_key', piece)
            .select(),
        );
        return new Map(
          rows.map((row): [string, AccessLogObject] => [
            row.object_key,
            {
              key: row.object_key,
              etag: row.etag,
              timestamp: Number(row.timestamp),
              readTo: Number(row.read_to),
              isComplete: Boolean(row.is_complete),
            },
          ]),
        );
      },
    };
  }

  store(options: StoreOptions): Promise<{ isPaused: boolean }> {
    // One after the other: what is seen in one has to be known in the next.
    const turn = this.#turn.then(() => this.#lines.store(options));
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async noteHoursRead(options: {
    lease: Lease;
    sourceNumbers: number[];
  }): Promise<void> {
    const { lease, sourceNumbers } = options;
    await this.knex.transaction(async transaction => {
      await lease.hold(transaction);
      const rows: any[] = await forValues(sourceNumbers, piece =>
        transaction('log_sources')
          .whereIn('number', piece)
          .select('read_from', 'read_until'),
      );
      const hours = hoursReadOf(
        rows.map(row => ({
          readFrom: optionalNumberOf(row.read_from),
          readUntil: optionalNumberOf(row.read_until),
        })),
      );
      if (hours) {
        await this.options.outbox.addHours(transaction, hours);
      }
    });
  }

  async saveFailure(options: {
    sourceNumber: number;
    message: string;
    at: number;
  }): Promise<void> {
    await this.knex('log_sources')
      .where({ number: options.sourceNumber })
      .update({
        status: 'failing',
        error_message: options.message,
        error_at: options.at,
        progress: null,
      });
  }

  async sources(): Promise<StoredLogSourceStatus[]> {
    return readLogSources(this.knex);
  }

  async recordSinks(): Promise<RecordSinkStatus[]> {
    const statuses = await this.options.outbox.status();
    return statuses.map(({ sinkId, waiting, waitingSince, error }) => ({
      id: sinkId,
      waiting,
      waitingSince: optionalIsoOf(waitingSince),
      error: error && { message: error.message, at: isoOf(error.at) },
    }));
  }

  async setPaused(options: {
    sourceNumber: number;
    paused?: { by: string; at: number };
  }): Promise<boolean> {
    const { sourceNumber, paused } = options;
    const changed = await this.knex('log_sources')
      .where({ number: sourceNumber })
      .update({
        paused_at: paused?.at ?? null,
        paused_by: paused?.by ?? null,
      });
    return changed > 0;
  }

  async unparsedLines(options: {
    sourceNumber?: number;
    after?: { timestamp: number; id: string };
    limit: number;
  }): Promise<StoredUnparsedLine[]> {
    const { sourceNumber, after, limit } = options;
    const query = this.knex('log_unparsed_lines as line')
      .join('log_sources as source', 'source.number', 'line.source_number')
      .select('line.*', 'source.id as source_id')
      .orderBy([
        { column: 'line.timestamp', order: 'desc' },
        { column: 'line.id', order: 'desc' },
      ])
      .limit(limit);
    if (sourceNumber !== undefined) {
      query.where('line.source_number', sourceNumber);
    }
    if (after) {
      query.where(builder =>
        builder
          .where('line.timestamp', '<', after.timestamp)
          .orWhere(same =>
            same
              .where('line.timestamp', after.timestamp)
              .where('line.id', '<', after.id),
          ),
      );
    }
    const rows: any[] = await query;
    return rows.map(row => ({
      id: row.id,
      sourceId: row.source_id,
      timestamp: Number(row.timestamp),
      place: row.place ?? undefined,
      reason: row.reason,
      text: row.text,
    }));
  }
}

function toStoredLogSource(row: any): StoredLogSource {
  return {
    number: row.number,
    id: row.id,
    cursor: row.cursor ?? undefined,
    isPaused: row.paused_at !== null,
    readUntil: optionalNumberOf(row.read_until),
  };
}
