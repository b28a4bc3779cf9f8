import type { RecordGap } from '../records/types';
import type { TimeWindow } from './types';

/**
 * How many log lines an answer is made of: each tells of one call, and of the lines of several logs that
 * tell of the same call one counts.
 *
 * @public
 */
export interface LineCount {
  count: number;
  /** There are so many, and may be more: all would have taken too long to count. */
  isAtLeast: boolean;
}

/**
 * What every answer on recorded calls says of itself.
 *
 * @public
 */
export interface AnswerBasis {
  /** What the answer covers: it may be wider than what was asked for. */
  window: TimeWindow;
  /** Lines behind the answer: of its window and its filters, and of what the viewer may see. */
  lines: LineCount;
  /** What may be missing. Empty: nothing that is known of. */
  gaps: RecordGap[];
}

/**
 * A count of all lines.
 *
 * @public
 */
export function exactLines(count: number): LineCount {
  return { count, isAtLeast: false };
}
