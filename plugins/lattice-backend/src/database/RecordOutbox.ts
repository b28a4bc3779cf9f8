import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type {
  AccessLogRecordBatch,
  AccessLogRecordSink,
} from '@lattice-portal/plugin-lattice-node';
import type { Knex } from 'knex';

const TABLE = 'log_outbox';

/**
 * Hands new records to the record sinks, each batch at least once and always with the same id.
 *
 * @remarks
 * A batch is written down in the transaction that stores its lines, and struck out when the sink has
 * taken it in. After a crash in between it is handed over again.
 */
export class RecordOutbox {
  static create(options: {
    knex: Knex;
    sinks: AccessLogRecordSink[];
  }): RecordOutbox {
    return new RecordOutbox(options.knex, options.sinks);
  }

  #delivery?: Promise<void>;

  private constructor(
    private readonly knex: Knex,
    private readonly sinks: AccessLogRecordSink[],
  ) {}

  /** Writes a batch down, as part of a transaction. */
  async add(
    transaction: Knex,
    batch: Omit<AccessLogRecordBatch, 'id'>,
  ): Promise<void> {
    const { calls, connections, twins } = batch;
    if (
      this.sinks.length === 0 ||
      calls.length + connections.length + twins.length === 0
    ) {
      return;
    }
    const id = randomUUID();
    const packed = await promisify(gzip)(JSON.stringify({ ...batch, id }));
    await transaction(TABLE).insert(
      this.sinks.map(sink => ({
        batch_id: id,
        sink_id: sink.id,
        batch: packed,
      })),
    );
  }

  /**
   * Hands over what is written down, oldest first.
   *
   * @throws what a sink throws; then its batches stay for the next time
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
      for (;;) {
        const row = await this.knex(TABLE)
          .where({ sink_id: sink.id })
          .orderBy('position')
          .first();
        if (!row) {
          break;
        }
        const text = await promisify(gunzip)(row.batch);
        await sink.put(JSON.parse(text.toString()));
        await this.knex(TABLE).where({ position: row.position }).delete();
      }
    }
  }
}
