import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';
import { stringifyError } from '@backstage/errors';
import type {
  AccessLogRecordBatch,
  AccessLogRecordSink,
} from '@lattice-portal/plugin-lattice-node';
import type { Knex } from 'knex';
import { hourAfter } from '../ingest/hoursRead';
import { readSinkStatuses, type SinkStatus } from './readSinkStatuses';

const TABLE = 'log_outbox';
const SINKS = 'log_record_sinks';
/** Records that are handed over in one go, about: so much fits into memory several times. */
const RECORDS_A_PARCEL = 10_000;
/** After a long standstill, the rest comes the next time. */
const HOURS_AT_ONCE = 48;

/** What is written down. */
export type NewRecords = Omit<AccessLogRecordBatch, 'id'>;

/**
 * Hands new records to the record sinks, each batch at least once and always with the same id.
 *
 * @remarks
 * Records are written down in the transaction that stores their lines. What waits is made a parcel, handed
 * over, and struck out when the sink has taken it in. After a crash in between, the same parcel is handed
 * over again. While a sink is at work more comes together, and so goes in one parcel.
 */
export class RecordOutbox {
  static create(options: {
    knex: Knex;
    sinks: AccessLogRecordSink[];
    now?: () => number;
  }): RecordOutbox {
    return new RecordOutbox(options);
  }

  #delivery?: Promise<void>;
  private readonly knex: Knex;
  private readonly sinks: AccessLogRecordSink[];

  private constructor(
    private readonly options: Parameters<typeof RecordOutbox.create>[0],
  ) {
    this.knex = options.knex;
    this.sinks = options.sinks;
  }

  /** Whether there is anybody to hand records to. */
  get hasSinks(): boolean {
    return this.sinks.length > 0;
  }

  /** Writes records down, as part of a transaction. */
  async add(transaction: Knex, records: NewRecords): Promise<void> {
    const count = records.calls.length + records.connections.length;
    if (this.hasSinks && count > 0) {
      const sinkIds = this.sinks.map(({ id }) => id);
      await this.#write(transaction, { records, count, sinkIds });
    }
  }

  /**
   * Tells the sinks of hours that have been read from every source, as part of a transaction.
   *
   * @param options - starts of hours: those from `from` on, without `until`
   */
  async addHours(
    transaction: Knex,
    options: { from: number; until: number },
  ): Promise<void> {
    const rows = await transaction(SINKS).whereIn(
      'id',
      this.sinks.map(({ id }) => id),
    );
    for (const row of rows) {
      const hoursRead: number[] = [];
      let hour = Math.max(options.from, Number(row.hours_read_until));
      while (hour < options.until && hoursRead.length < HOURS_AT_ONCE) {
        hoursRead.push(hour);
        hour = hourAfter(hour);
      }
      if (hoursRead.length > 0) {
        await this.#write(transaction, {
          records: { calls: [], connections: [], hoursRead },
          count: hoursRead.length,
          sinkIds: [row.id],
        });
        await transaction(SINKS)
          .where({ id: row.id })
          .update({ hours_read_until: hour });
      }
    }
  }

  /**
   * Makes the sinks known. One that is new, or was away, lacks what was read without it: up to now, no
   * hour will be told it.
   */
  async register(): Promise<void> {
    const ids = this.sinks.map(({ id }) => id);
    await this.knex.transaction(async transaction => {
      await transaction(SINKS).whereNotIn('id', ids).delete();
      const known = await transaction(SINKS).pluck('id');
      const missing = ids.filter(id => !known.includes(id));
      if (missing.length > 0) {
        const isFirst = !(await transaction('log_sources')
          .whereNotNull('read_until')
          .first('number'));
        await transaction(SINKS).insert(
          missing.map(id => ({
            id,
            hours_read_until: isFirst ? 0 : hourAfter(this.#now()),
          })),
        );
      }
    });
  }

  /** How the handing over goes. */
  status(): Promise<SinkStatus[]> {
    return readSinkStatuses(this.knex);
  }

  /**
   * Hands over what is written down, oldest first.
   *
   * @throws what a sink throws; then its records stay for the next time
   */
  deliver(): Promise<void> {
    // One at a time, so that a sink gets batches one after the other.
    this.#delivery ??= this.#deliverAll().finally(() => {
      this.#delivery = undefined;
    });
    return this.#delivery;
  }

  async #deliverAll(): Promise<void> {
    for (const sink of this.sinks) {
      try {
        while (await this.#deliverParcel(sink)) {
          // Until nothing waits.
        }
        await this.#note(sink, undefined);
      } catch (error) {
        await this.#note(sink, stringifyError(error));
        throw error;
      }
    }
  }

  /** @returns false when there is nothing to hand over */
  async #deliverParcel(sink: AccessLogRecordSink): Promise<boolean> {
    const parcel =
      (await this.#begunParcel(sink)) ?? (await this.#newParcel(sink));
    if (!parcel) {
      return false;
    }
    const rows = await this.knex(TABLE)
      .where({ sink_id: sink.id, parcel })
      .orderBy('position');
    if (rows.length === 0) {
      // Another process had them in the meantime.
      return true;
    }
    const batch: AccessLogRecordBatch = {
      id: parcel,
      calls: [],
      connections: [],
      hoursRead: [],
    };
    for (const row of rows) {
      const text = await promisify(gunzip)(row.batch);
      const part: NewRecords = JSON.parse(text.toString());
      batch.calls.push(...part.calls);
      batch.connections.push(...part.connections);
      batch.hoursRead.push(...part.hoursRead);
    }
    await sink.put(batch);
    await this.knex(TABLE).where({ sink_id: sink.id, parcel }).delete();
    return true;
  }

  /** What was handed over, perhaps, and not struck out. */
  async #begunParcel(sink: AccessLogRecordSink): Promise<string | undefined> {
    const row = await this.knex(TABLE)
      .where({ sink_id: sink.id })
      .whereNotNull('parcel')
      .orderBy('position')
      .first('parcel');
    return row?.parcel;
  }

  async #newParcel(sink: AccessLogRecordSink): Promise<string | undefined> {
    const waiting = await this.knex(TABLE)
      .where({ sink_id: sink.id })
      .whereNull('parcel')
      .orderBy('position')
      .limit(RECORDS_A_PARCEL)
      .select('position', 'records');
    let records = 0;
    let last: number | undefined;
    for (const row of waiting) {
      records += row.records;
      if (last !== undefined && records > RECORDS_A_PARCEL) {
        break;
      }
      last = row.position;
    }
    if (last === undefined) {
      return undefined;
    }
    const parcel = randomUUID();
    // Whoever is at it besides gets other rows, or none.
    await this.knex(TABLE)
      .where({ sink_id: sink.id })
      .whereNull('parcel')
      .where('position', '<=', last)
      .update({ parcel });
    return parcel;
  }

  /** @param error - absent: it goes well */
  async #note(
    sink: AccessLogRecordSink,
    error: string | undefined,
  ): Promise<void> {
    const row = this.knex(SINKS).where({ id: sink.id });
    await (error === undefined
      ? row
          .whereNotNull('error_message')
          .update({ error_message: null, error_at: null })
      : row.update({ error_message: error, error_at: this.#now() }));
  }

  async #write(
    transaction: Knex,
    options: { records: NewRecords; count: number; sinkIds: string[] },
  ): Promise<void> {
    const { records, count, sinkIds } = options;
    // It is unpacked again in a moment.
    const level = constants.Z_BEST_SPEED;
    const batch = await promisify(gzip)(JSON.stringify(records), { level });
    await transaction(TABLE).insert(
      sinkIds.map(id => ({
        sink_id: id,
        batch,
        records: count,
        added_at: this.#now(),
      })),
    );
  }

  #now(): number {
    return this.options.now?.() ?? Date.now();
  }
}
