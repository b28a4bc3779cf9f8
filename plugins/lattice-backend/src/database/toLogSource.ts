import type { StoredLogSourceStatus } from './IngestStore';
import { z } from 'zod';
import { LATE } from '../ingest/hoursRead';
import { isoOf, optionalIsoOf } from './sql';

const countSchema = z.object({ read: z.number(), total: z.number() });

const progressSchema = z.object({
  at: z.number(),
  linesPerSecond: z.number(),
  secondsLeft: z.number().optional(),
  files: countSchema.optional(),
  bytes: countSchema.optional(),
});

const sweepSchema = z.object({
  // Once only objects were searched.
  of: z.enum(['objects', 'lines']).default('objects'),
  startedAt: z.number(),
  endedAt: z.number().optional(),
  from: z.number(),
  until: z.number(),
  reached: z.number(),
  found: z.number(),
});

const subscriptionsSchema = z.array(
  z.object({ createdAt: z.string().optional() }),
);

/**
 * A row of `log_sources` as it is told.
 */
export function toLogSource(row: any): StoredLogSourceStatus {
  const counts = {
    stored: Number(row.stored),
    connections: Number(row.connections),
    duplicates: Number(row.duplicates),
    twins: Number(row.twins),
    unparsed: Number(row.unparsed),
  };
  return {
    number: row.number,
    id: row.id,
    accountId: row.account_id,
    region: row.region,
    subscriptions: row.subscriptions,
    status: statusOf(row),
    loggedFrom: loggedFromOf(row.delivered_by),
    readFrom: optionalIsoOf(row.read_from),
    readUntil: optionalIsoOf(row.read_until),
    error:
      row.error_message === null
        ? undefined
        : { message: row.error_message, at: isoOf(row.error_at) },
    paused:
      row.paused_at === null
        ? undefined
        : { by: row.paused_by, at: isoOf(row.paused_at) },
    endedAt: optionalIsoOf(row.ended_at),
    isReadOn: isReadOn(row),
    progress: row.progress === null ? undefined : progressOf(row.progress),
    sweep: row.sweep === null ? undefined : sweepOf(row.sweep),
    ...counts,
    linesRead: Object.values(counts).reduce((sum, count) => sum + count, 0),
  };
}

function statusOf(row: any): StoredLogSourceStatus['status'] {
  if (row.ended_at !== null) {
    return 'ended';
  }
  return row.paused_at === null ? row.status : 'paused';
}

/** Whether a log has no subscription any more, and not all that was still delivered to it is read. */
export function isReadOn(row: any): boolean {
  return (
    row.ended_at !== null &&
    row.delivered_by !== null &&
    (row.read_until === null ||
      Number(row.read_until) < Number(row.ended_at) + LATE)
  );
}

/** Of subscriptions that were stored before AWS was asked for it, it is not known. */
function loggedFromOf(deliveredBy: string | null): string | undefined {
  const times = subscriptionsSchema
    .parse(JSON.parse(deliveredBy ?? '[]'))
    .map(({ createdAt }) => createdAt && Date.parse(createdAt));
  const known = times.filter(time => typeof time === 'number');
  return known.length > 0 && known.length === times.length
    ? isoOf(Math.min(...known))
    : undefined;
}

function progressOf(text: string): StoredLogSourceStatus['progress'] {
  const { at, ...progress } = progressSchema.parse(JSON.parse(text));
  return { ...progress, at: isoOf(at) };
}

function sweepOf(text: string): StoredLogSourceStatus['sweep'] {
  const sweep = sweepSchema.parse(JSON.parse(text));
  return {
    of: sweep.of,
    startedAt: isoOf(sweep.startedAt),
    endedAt: optionalIsoOf(sweep.endedAt),
    from: isoOf(sweep.from),
    until: isoOf(sweep.until),
    reached: isoOf(sweep.reached),
    found: sweep.found,
  };
}
