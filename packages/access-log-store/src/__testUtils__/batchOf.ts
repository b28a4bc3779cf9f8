import type { AccessLogBatch } from '../types';
import { storedCallOf } from './generatedCalls';

const HOUR = 3_600_000;
const FIRST = Date.UTC(2026, 10, 22);

/** How many calls each batch of {@link batchOf} has. */
export const CALLS_IN_BATCH = 50;

/** A batch by its number, always the same: calls of two hours of the same two. */
export function batchOf(number: number): AccessLogBatch {
  return {
    id: `batch ${number}`,
    calls: Array.from({ length: CALLS_IN_BATCH }, (_, index) =>
      storedCallOf({
        timestamp: FIRST + (index % 2) * HOUR + index,
        requestId: `${number}-${index}`,
      }),
    ),
  };
}
