import { randomUUID } from 'node:crypto';
import { stringifyError } from '@backstage/errors';
import type {
  AccessLogRecordBatch,
  AccessLogRecordSink,
} from '@lattice-portal/plugin-lattice-node';
import type { Knex } from 'knex';
import { hourAfter } from '../ingest/hoursRead';
import {
  type NewLine,
  packHours,
  packLines,
  unpackRecords,
} from './packedLines';
import { readSinkStatuses, type SinkStatus } from './readSinkStatuses';

const TABLE = 'log_outbox';
const SINKS = 'log_record_sinks';
/** Records that are handed over in one go, about: so much fits into memory several times. */
const RECORDS_A_PARCEL = 6_000;
/** Lines that are written down in one row. */
const LINES_A_ROW = 2_000;
/** After a long standstill, the rest comes the next time. */
const HOURS_AT_ONCE = 48;

/**
 * Hands new records to the record sinks, each batch at least once and always with the same id.
 *
 * @remarks
 * Lines are written down in the transaction that stores them. What waits is made a parcel, handed
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

  /** Writes new lines down, as part of a transaction. */
  async add(transaction: Knex, lines: Iterable<NewLine>): Promise<void> {
    if (!this.hasSinks) {
      return;
    }
    const sinkIds = this.sinks.map(({ id }) => id);
    const write = async (piece: NewLine[]) =>
      this.#write(transaction, {
        batch: await packLines(piece),
        count: piece.length,
        sinkIds,
      });
    let piece: NewLine[] = [];
    for (const line of lines) {
      piece.push(line);
      if (piece.length === LINES_A_ROW) {
        await write(piece);
        piece = [];
      }
    }
    if (piece.length > 0) {
      await write(piece);
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
          batch: await packHours(hoursRead),
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
        await this.#deliverTo(sink);
        await this.#note(sink, undefined);
      } catch (error) {
        await this.#note(sink, stringifyError(error));
        throw error;
      }
    }
  }

  /** The next parcel is made ready while the sink is at work. */
  async #deliverTo(sink: AccessLogRecordSink): Promise<void> {
    let next = this.#nextBatch(sink);
    for (let batch = await next; batch; batch = await next) {
      next = this.#nextBatch(sink, batch.id);
      // What fails is told when it is waited for, or found again the next time.
      next.catch(() => {});
      await sink.put(batch);
      await this.knex(TABLE)
        .where({ sink_id: sink.id, parcel: batch.id })
        .delete();
    }
  }

  /**
   * @param current - the parcel that is being handed over
   * @returns `undefined` when there is nothing to hand over
   */
  async #nextBatch(
    sink: AccessLogRecordSink,
    current?: string,
  ): Promise<AccessLogRecordBatch | undefined> {
    for (;;) {
      const parcel =
        (await this.#begunParcel(sink, current)) ??
        (await this.#newParcel(sink));
      if (!parcel) {
        return undefined;
      }
      const rows = await this.knex(TABLE)
        .where({ sink_id: sink.id, parcel })
        .orderBy('position');
      // Else another process had them in the meantime.
      if (rows.length > 0) {
        const records = await unpackRecords(rows.map(({ batch }) => batch));
        return { id: parcel, ...records };
      }
    }
  }

  /** What was handed over, perhaps, and not struck out. */
  async #begunParcel(
    sink: AccessLogRecordSink,
    current: string = '',
  ): Promise<string | undefined> {
    const row = await this.knex(TABLE)
      .where({ sink_id: sink.id })
      .whereNotNull('parcel')
      .whereNot('parcel', current)
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
    options: { batch: Buffer; count: number; sinkIds: string[] },
  ): Promise<void> {
    const { batch, count, sinkIds } = options;
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
