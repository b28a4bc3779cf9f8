import type {
  AccessLogObject,
  AccessLogObjects,
} from '@lattice-portal/plugin-lattice-node';
import {
  hasTextAt,
  keyTextAt,
  type RecordColumns,
  textAt,
} from '@lattice-portal/access-logs';
import type { RecordSinkStatus } from '@lattice-portal/plugin-lattice-common';
import type { Knex } from 'knex';
import {
  type AccessEvidence,
  type AccessWatch,
  evidenceOf,
} from '../accessRequests/AccessWatch';
import { hoursReadOf } from '../ingest/hoursRead';
import { logNumbersOf } from '../ingest/LineLogs';
import { type RollUps, rollUp } from '../ingest/rollUp';
import { Novelty } from '../ingest/SeenTable';
import {
  callsOf,
  countLines,
  isDeniedNumber,
  type LineCounts,
  type SortedLines,
} from '../ingest/SortedLines';
import type {
  IngestStore,
  StoredLogSource,
  StoredLogSourceStatus,
  StoredUnparsedLine,
} from './IngestStore';
import { addEvidence, addRollUps } from './addRollUps';
import { EdgeNumbers } from './EdgeNumbers';
import { Lease } from './Lease';
import { readLogSources } from './readLogSources';
import type { RecordOutbox } from './RecordOutbox';
import { SeenLines } from './SeenLines';
import {
  forValues,
  isoOf,
  optionalIsoOf,
  optionalNumberOf,
  piecesOf,
} from './sql';
import { toNewRecords } from './toNewRecords';
import { upsert } from './upsert';

type StoreOptions = Parameters<IngestStore['store']>[0];

const LEASE = 'the taking in of access logs';
const LEASE_DURATION = 60_000;
/** What is kept of a line that can't be read. */
const KEPT_CHARACTERS = 64 * 1024;

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
  readonly #seen = new SeenLines();
  readonly #edges = new EdgeNumbers();
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly options: Parameters<typeof DatabaseIngestStore.create>[0],
  ) {
    this.knex = options.knex;
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
  }): Promise<StoredLogSource> {
    const { id, accountId, region, status, subscriptions = 1 } = options;
    await this.knex('log_sources')
      .insert({ id, account_id: accountId, region, status })
      .onConflict('id')
      .ignore();
    const row = await this.knex('log_sources').where({ id }).first();
    if (row.ended_at !== null || row.subscriptions !== subscriptions) {
      await this.knex('log_sources')
        .where({ id })
        .update({ ended_at: null, subscriptions });
    }
    return {
      number: row.number,
      id,
      cursor: row.cursor ?? undefined,
      isPaused: row.paused_at !== null,
      readUntil: optionalNumberOf(row.read_until),
    };
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
    const turn = this.#turn.then(() => this.#store(options));
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #store(options: StoreOptions): Promise<{ isPaused: boolean }> {
    try {
      return await this.knex.transaction(transaction =>
        this.#storeIn(transaction, options),
      );
    } catch (error) {
      this.#seen.forget();
      this.#edges.forget();
      throw error;
    }
  }

  async #storeIn(
    transaction: Knex.Transaction,
    options: StoreOptions,
  ): Promise<{ isPaused: boolean }> {
    const { lease, source, columns, watches, logs, resourceIds = [] } = options;
    // One at a time: two sources may be bringing the two records of one call.
    await lease.hold(transaction);
    const novelties = await this.#seen.add({
      transaction,
      lease,
      sourceNumber: source.number,
      columns: columns.map((batch, index) => ({
        ...batch,
        logs: logNumbersOf({
          columns: batch,
          logs: logs?.[index],
          resourceIds,
        }),
      })),
    });
    const lines = columns.map((batch, index) => ({
      columns: batch,
      novelties: novelties[index],
      logs: logs?.[index],
    }));
    const rollUps = rollUp(lines);
    await rememberLines(transaction, source.number, { lines, rollUps });
    await addRollUps(transaction, rollUps, this.#edges);
    await addEvidence(transaction, evidenceIn(lines, watches));
    if (this.options.outbox.hasSinks) {
      const records = toNewRecords(lines, source.id);
      await this.options.outbox.add(transaction, records);
    }
    await rememberObjects(transaction, options);
    await advance(transaction, options, countLines(lines));
    const row = await transaction('log_sources')
      .where({ number: source.number })
      .first('paused_at');
    return { isPaused: row.paused_at !== null };
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

async function rememberLines(
  transaction: Knex,
  sourceNumber: number,
  options: { lines: readonly SortedLines[]; rollUps: RollUps },
): Promise<void> {
  const { lines, rollUps } = options;
  await upsert(transaction, {
    table: 'log_unparsed_lines',
    key: ['id'],
    rows: lines.flatMap(sorted => unparsedRowsOf(sorted, sourceNumber)),
  });
  const isDeniedCall = ({ outcomes }: RecordColumns, at: number) =>
    isDeniedNumber[outcomes[at]];
  const of = (novelty: Novelty) => [...callsOf(lines, novelty, isDeniedCall)];
  const hasLogs = lines.some(({ logs }) => logs !== undefined);
  const counted: { key: string; log?: string }[] = hasLogs
    ? of(Novelty.New)
    : rollUps.denied.map(({ id }) => ({ key: id }));
  await upsert(transaction, {
    table: 'denied_request_logs',
    key: ['request_id', 'source_number', 'log'],
    rows: [...counted, ...of(Novelty.Twin)].map(({ key, log = '' }) => ({
      request_id: key,
      source_number: sourceNumber,
      log,
    })),
  });
}

function unparsedRowsOf(
  { columns, novelties }: SortedLines,
  sourceNumber: number,
): object[] {
  return columns.asides
    .filter(({ at }) => novelties[at] === Novelty.New)
    .map(({ at, reason, place = null }) => ({
      id: keyTextAt(columns, at),
      source_number: sourceNumber,
      timestamp: columns.times[at],
      place,
      reason,
      text: excerptOf(textAt(columns, at)),
    }));
}

/** Databases take no character 0, and nobody reads megabytes. */
function excerptOf(text: string): string {
  const clean = text.replaceAll('\0', '\uFFFD');
  return clean.length > KEPT_CHARACTERS
    ? `${clean.slice(0, KEPT_CHARACTERS)}…`
    : clean;
}

/** What the calls say that are looked out for. */
function evidenceIn(
  lines: readonly SortedLines[],
  watches: AccessWatch[],
): AccessEvidence[] {
  if (watches.length === 0) {
    return [];
  }
  const watched = new Set(watches.map(({ serviceArn }) => serviceArn));
  const calls = callsOf(
    lines,
    Novelty.New,
    (columns, at) =>
      watched.has(columns.serviceArns[columns.services[at]]) &&
      // Without: it was read before anybody looked out for it.
      hasTextAt(columns, at),
  );
  return evidenceOf([...calls], watches);
}

async function rememberObjects(
  transaction: Knex,
  options: StoreOptions,
): Promise<void> {
  const { source, objects = [], objectsBefore } = options;
  if (objects.length > 0) {
    await transaction('log_objects')
      .insert(
        objects.map(object => ({
          source_number: source.number,
          object_key: object.key,
          etag: object.etag,
          timestamp: object.timestamp,
          read_to: object.readTo,
          is_complete: object.isComplete,
        })),
      )
      .onConflict(['source_number', 'object_key'])
      .merge();
  }
  if (objectsBefore !== undefined) {
    await transaction('log_objects')
      .where({ source_number: source.number })
      .where('timestamp', '<', objectsBefore)
      .delete();
  }
}

/** Counters, and where to read on. */
async function advance(
  transaction: Knex,
  options: StoreOptions,
  counts: LineCounts,
): Promise<void> {
  const { source, cursor, readFrom, readUntil, progress, sweep } = options;
  await transaction('log_sources')
    .where({ number: source.number })
    .increment({
      stored: counts.calls,
      connections: counts.connections,
      duplicates: counts.duplicates,
      twins: counts.twins,
      unparsed: counts.unparsed,
    })
    .update({
      status: 'reading',
      error_message: null,
      error_at: null,
      progress: progress ? JSON.stringify(progress) : null,
      ...(cursor !== undefined && { cursor }),
      ...(sweep !== undefined && { sweep: JSON.stringify(sweep) }),
      ...(readUntil !== undefined && {
        read_from: transaction.raw('coalesce(read_from, ?)', [
          readFrom ?? null,
        ]),
        // Lines that came late take nothing back.
        read_until: transaction.raw(
          'case when read_until > ? then read_until else ? end',
          [readUntil, readUntil],
        ),
      }),
    });
}
