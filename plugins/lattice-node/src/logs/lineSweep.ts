import type { AccessLogSweep } from '../ports/AccessLogSource';
import type { LineSweep, LogCursor } from './LogCursor';

const hour = 60 * 60 * 1000;
const day = 24 * hour;
const shortWindow = 3 * hour;
const longWindow = 2 * day;
/** So long a search may take: lines are remembered for two days longer than they may be late. */
const memoryMargin = day;

/** Times in milliseconds. */
export interface SweepWindow {
  /** How far back lines are read again. */
  length: number;
  /** From one search to the next. What is late by no more than the rest of the window is found for sure. */
  interval: number;
}

/**
 * How far back late lines are searched, and how often: the later a line is, the longer it takes to be found.
 * So a long window has no more lines read again than a short one.
 *
 * @param lateFor - milliseconds that a line may come late by
 */
export function sweepWindows(lateFor: number): readonly SweepWindow[] {
  const windows = [
    { length: shortWindow, interval: hour },
    { length: longWindow, interval: day },
  ];
  return lateFor > longWindow
    ? [...windows, { length: lateFor, interval: lateFor / 2 }]
    : windows;
}

/**
 * The search for late lines that is to go on, or to begin, now: of the longest window whose time it is.
 *
 * @returns `undefined` if there is nothing to search yet
 */
export function sweepFor(options: {
  cursor: LogCursor;
  windows: readonly SweepWindow[];
  /** So much later than its time a search begins, as a part of the interval: nothing is missed by that. */
  delay: number;
  now: number;
}): LineSweep | undefined {
  const { cursor, windows, delay, now } = options;
  const { start, sweptAt } = cursor;
  const longest = Math.max(...windows.map(({ length }) => length));
  const earliest = Math.max(start, Math.ceil(now - longest));
  if (cursor.sweep) {
    // What is not remembered any more is not to be read.
    return cursor.sweep.position.from < earliest - memoryMargin
      ? { ...cursor.sweep, position: { from: earliest } }
      : cursor.sweep;
  }
  const window = windows.findLastIndex(
    ({ interval }, index) => now - sweptAt[index] >= interval * (1 + delay),
  );
  if (window < 0) {
    return undefined;
  }
  const { length, interval } = windows[window];
  // A search that comes after its time makes up for it.
  const due = Math.min(now, sweptAt[window] + interval);
  const from = Math.max(earliest, Math.floor(due - length));
  const until = cursor.from;
  return from < until
    ? { window, startedAt: now, from, until, found: 0, position: { from } }
    : undefined;
}

/** The cursor once a search has ended. What a long one has searched, shorter ones needn't. */
export function cursorAfter(cursor: LogCursor, sweep: LineSweep): LogCursor {
  const sweptAt = cursor.sweptAt.map((at, window) =>
    window <= sweep.window ? sweep.startedAt : at,
  );
  return { ...cursor, sweptAt, sweep: undefined };
}

/**
 * What is told of a search.
 *
 * @param endedAt - in milliseconds since the epoch. Absent: it goes on
 */
export function describeLineSweep(
  sweep: LineSweep,
  endedAt?: number,
): AccessLogSweep {
  const { startedAt, from, until, found, position } = sweep;
  const reached = position.from;
  return { of: 'lines', startedAt, endedAt, from, until, reached, found };
}
