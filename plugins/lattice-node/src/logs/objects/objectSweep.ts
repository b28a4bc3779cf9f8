import type { AccessLogSweep } from '../../ports/AccessLogSource';
import type { ObjectCursor, ObjectSweep } from './ObjectCursor';

const day = 24 * 60 * 60 * 1000;
/** Milliseconds from one search to the next. */
export const SWEEP_INTERVAL = day;

/**
 * The search for late objects that is to go on, or to begin, now.
 *
 * @param options - `until`: what was to have been delivered since is listed all the time
 * @returns `undefined` if there is nothing to search, or not yet
 */
export function sweepFor(options: {
  cursor: ObjectCursor;
  now: number;
  until: number;
}): ObjectSweep | undefined {
  const { cursor, now, until } = options;
  const { keptFrom, sweptAt, sweep } = cursor;
  if (sweep) {
    // What is not remembered any more is not to be read, even if the search took long.
    return { ...sweep, next: Math.max(sweep.next, keptFrom) };
  }
  return now - sweptAt >= SWEEP_INTERVAL && keptFrom < until
    ? { startedAt: now, from: keptFrom, until, next: keptFrom, found: 0 }
    : undefined;
}

/** The part of a search that is done next: up to the end of a day. Undefined: all of it is done. */
export function nextPart({
  next,
  until,
}: ObjectSweep): { from: number; to: number } | undefined {
  return next < until
    ? { from: next, to: Math.min((Math.floor(next / day) + 1) * day, until) }
    : undefined;
}

/**
 * What is told of a search.
 *
 * @param endedAt - in milliseconds since the epoch. Absent: it goes on
 */
export function describeSweep(
  sweep: ObjectSweep,
  endedAt?: number,
): AccessLogSweep {
  const { next: reached, ...rest } = sweep;
  return { of: 'objects', ...rest, reached, endedAt };
}
