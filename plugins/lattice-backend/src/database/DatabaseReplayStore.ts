import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { StoredReplayResult } from '../replay/replayTraffic';
import type { NewReplay, ReplayStore, StoredReplay } from './ReplayStore';

const TABLE = 'traffic_replays';
/** All but what may be large. */
const COLUMNS = [
  'id',
  'access_request_id',
  'asked_by',
  'status',
  'window_from',
  'window_to',
  'changes',
  'digest',
  'created_at',
  'started_at',
  'ended_at',
  'attempts',
  'is_cancelled',
  'progress',
  'error',
];
/** What an ended replay does not hold any more. */
const ENDED = { active_for: null, slot: null, worker: null };

/**
 * Keeps replays in the plugin's database.
 *
 * @remarks
 * That a user has one at a time, and that only so many run, is for unique columns to see to: so it holds for
 * all replicas.
 */
export class DatabaseReplayStore implements ReplayStore {
  static create(options: { knex: Knex }): DatabaseReplayStore {
    return new DatabaseReplayStore(options.knex);
  }

  private constructor(private readonly knex: Knex) {}

  async create(replay: NewReplay): Promise<StoredReplay> {
    try {
      await this.knex(TABLE).insert({
        id: replay.id,
        access_request_id: replay.accessRequestId,
        asked_by: replay.askedBy,
        active_for: replay.askedBy,
        status: 'queued',
        window_from: replay.window.from,
        window_to: replay.window.to,
        changes: JSON.stringify(replay.changes),
        digest: replay.digest,
        created_at: replay.createdAt,
      });
    } catch (error) {
      if (isDatabaseConflictError(error)) {
        throw new ConflictError(
          'You have a replay that has not ended yet. Cancel it, or wait for its end.',
        );
      }
      throw error;
    }
    return { ...replay, status: 'queued', attempts: 0, isCancelled: false };
  }

  async get(options: { id: string }): Promise<StoredReplay | undefined> {
    const row = await this.knex(TABLE)
      .where({ id: options.id })
      .first(...COLUMNS);
    return row && replayOf(row);
  }

  async result(options: {
    id: string;
  }): Promise<StoredReplayResult | undefined> {
    const row = await this.knex(TABLE)
      .where({ id: options.id })
      .first('result');
    return row?.result ? JSON.parse(row.result) : undefined;
  }

  async list(options: { accessRequestId: string }): Promise<StoredReplay[]> {
    const rows = await this.knex(TABLE)
      .where({ access_request_id: options.accessRequestId })
      .orderBy('created_at', 'desc')
      .select(...COLUMNS);
    return rows.map(replayOf);
  }

  async claim(options: {
    worker: string;
    now: number;
    slots: number;
    staleBefore: number;
    maxAttempts: number;
  }): Promise<StoredReplay | undefined> {
    return (await this.#takeOver(options)) ?? this.#takeWaiting(options);
  }

  async beat(
    options: Parameters<ReplayStore['beat']>[0],
  ): ReturnType<ReplayStore['beat']> {
    const { id, worker, now, progress } = options;
    const held = await this.knex(TABLE)
      .where({ id, worker })
      .update({
        heartbeat_at: now,
        ...(progress && { progress: JSON.stringify(progress) }),
      });
    if (held === 0) {
      return 'taken over';
    }
    const row = await this.knex(TABLE).where({ id }).first('is_cancelled');
    return row?.is_cancelled ? 'cancelled' : 'go on';
  }

  async end(options: Parameters<ReplayStore['end']>[0]): Promise<void> {
    const { id, worker, now, status, progress, result, error } = options;
    await this.knex(TABLE)
      .where({ id, worker })
      .update({
        ...ENDED,
        status,
        ended_at: now,
        error: error ?? null,
        ...(progress && { progress: JSON.stringify(progress) }),
        ...(result && { result: JSON.stringify(result) }),
      });
  }

  async cancel(options: { id: string; now: number }): Promise<void> {
    const { id, now } = options;
    await this.knex(TABLE)
      .where({ id, ended_at: null })
      .update({ is_cancelled: true });
    await this.knex(TABLE)
      .where({ id, status: 'queued' })
      .update({ ...ENDED, status: 'cancelled', ended_at: now });
  }

  async prune(options: { before: number }): Promise<void> {
    await this.knex(TABLE).where('ended_at', '<', options.before).delete();
  }

  async #takeOver(options: {
    worker: string;
    now: number;
    staleBefore: number;
    maxAttempts: number;
  }): Promise<StoredReplay | undefined> {
    const { worker, now, staleBefore, maxAttempts } = options;
    const stale = await this.knex(TABLE)
      .where({ status: 'running' })
      .where('heartbeat_at', '<', staleBefore)
      .select(...COLUMNS, 'worker', 'heartbeat_at');
    for (const row of stale) {
      const asItWas = this.knex(TABLE).where({
        id: row.id,
        worker: row.worker,
        heartbeat_at: row.heartbeat_at,
      });
      if (row.is_cancelled) {
        await asItWas.update({ ...ENDED, status: 'cancelled', ended_at: now });
      } else if (row.attempts >= maxAttempts) {
        await asItWas.update({
          ...ENDED,
          status: 'failed',
          ended_at: now,
          error: `The process that ran it ended before it was done, ${row.attempts} times. Choose a shorter time.`,
        });
      } else {
        const attempts = row.attempts + 1;
        const taken = await asItWas.update({
          worker,
          attempts,
          heartbeat_at: now,
          progress: null,
        });
        if (taken > 0) {
          return replayOf({ ...row, attempts, progress: null });
        }
      }
    }
    return undefined;
  }

  async #takeWaiting(options: {
    worker: string;
    now: number;
    slots: number;
  }): Promise<StoredReplay | undefined> {
    const { worker, now, slots } = options;
    const waiting = await this.knex(TABLE)
      .where({ status: 'queued' })
      .orderBy('created_at')
      .select(...COLUMNS);
    for (const row of waiting) {
      for (let slot = 1; slot <= slots; slot++) {
        const taken = await this.#take({ id: row.id, slot, worker, now });
        if (taken === 'slot is taken') {
          continue;
        }
        if (taken === 'by me') {
          return {
            ...replayOf(row),
            status: 'running',
            startedAt: now,
            attempts: 1,
          };
        }
        break;
      }
    }
    return undefined;
  }

  async #take(options: {
    id: string;
    slot: number;
    worker: string;
    now: number;
  }): Promise<'by me' | 'by another' | 'slot is taken'> {
    const { id, slot, worker, now } = options;
    try {
      const taken = await this.knex(TABLE)
        .where({ id, status: 'queued' })
        .update({
          status: 'running',
          slot,
          worker,
          attempts: 1,
          started_at: now,
          heartbeat_at: now,
        });
      return taken > 0 ? 'by me' : 'by another';
    } catch (error) {
      if (isDatabaseConflictError(error)) {
        return 'slot is taken';
      }
      throw error;
    }
  }
}

function replayOf(row: any): StoredReplay {
  const optional = (time: number | string | null) =>
    time === null ? undefined : Number(time);
  return {
    id: row.id,
    accessRequestId: row.access_request_id,
    askedBy: row.asked_by,
    status: row.status,
    window: { from: Number(row.window_from), to: Number(row.window_to) },
    changes: JSON.parse(row.changes),
    digest: row.digest,
    createdAt: Number(row.created_at),
    startedAt: optional(row.started_at),
    endedAt: optional(row.ended_at),
    attempts: row.attempts,
    isCancelled: Boolean(row.is_cancelled),
    progress: row.progress ? JSON.parse(row.progress) : undefined,
    error: row.error ?? undefined,
  };
}
