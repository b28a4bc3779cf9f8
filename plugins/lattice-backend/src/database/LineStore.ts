import { hasTextAt } from '@lattice-portal/access-logs';
import type { Knex } from 'knex';
import {
  type AccessEvidence,
  type AccessWatch,
  evidenceOf,
} from '../accessRequests/AccessWatch';
import { logNumbersOf } from '../ingest/LineLogs';
import { rollUp } from '../ingest/rollUp';
import { Novelty } from '../ingest/SeenTable';
import {
  callsOf,
  countLines,
  type LineCounts,
  type SortedLines,
} from '../ingest/SortedLines';
import { addEvidence, addRollUps } from './addRollUps';
import { CheckpointThread } from './CheckpointThread';
import { EdgeNumbers } from './EdgeNumbers';
import type { IngestStore } from './IngestStore';
import type { RecordOutbox } from './RecordOutbox';
import { newLinesOf } from './newLinesOf';
import { rememberLines } from './rememberLines';
import { SeenLines } from './SeenLines';

type StoreOptions = Parameters<IngestStore['store']>[0];

/** A backlog is taken in: what is written is worth a checkpoint. */
const MANY_LINES = 20_000;

/**
 * Stores lines, each with all that follows from it, in one transaction. One call at a time: what is seen in
 * one has to be known in the next.
 */
export class LineStore {
  readonly #seen = new SeenLines();
  readonly #edges = new EdgeNumbers();
  readonly #checkpoints: CheckpointThread;

  constructor(private readonly options: { knex: Knex; outbox: RecordOutbox }) {
    this.#checkpoints = new CheckpointThread(options.knex);
  }

  /** @throws ConflictError if the lease is lost; nothing is stored then */
  async store(options: StoreOptions): Promise<{ isPaused: boolean }> {
    try {
      const stored = await this.options.knex.transaction(transaction =>
        this.#storeIn(transaction, options),
      );
      const lines = options.columns.reduce((sum, { size }) => sum + size, 0);
      if (lines >= MANY_LINES) {
        await this.#checkpoints.start();
      }
      return stored;
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
    const sourceNumber = source.number;
    const rollUps = await rollUp(lines, { sourceNumber });
    await rememberLines(transaction, { sourceNumber, lines });
    await addRollUps(transaction, rollUps, this.#edges);
    await addEvidence(transaction, evidenceIn(lines, watches));
    if (this.options.outbox.hasSinks) {
      await this.options.outbox.add(transaction, newLinesOf(lines, source.id));
    }
    await rememberObjects(transaction, options);
    await advance(transaction, options, countLines(lines));
    const row = await transaction('log_sources')
      .where({ number: source.number })
      .first('paused_at');
    return { isPaused: row.paused_at !== null };
  }
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
