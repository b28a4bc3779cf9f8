import type { SchedulerServiceTaskScheduleDefinition } from '@backstage/backend-plugin-api';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';

/** Reads that may be missed before a copy counts as stale. */
const MISSED_READS = 5;
const AT_LEAST = 5 * 60 * 1000;

/**
 * Milliseconds after which a copy of the estate counts as stale, given how often it is read.
 */
export function staleAfterOf(
  schedule: SchedulerServiceTaskScheduleDefinition,
): number {
  const { frequency } = schedule;
  if ('cron' in frequency || 'trigger' in frequency) {
    // When the next read is due can't be said: only a failed read makes a copy stale.
    return Number.POSITIVE_INFINITY;
  }
  const milliseconds =
    'toMillis' in frequency && typeof frequency.toMillis === 'function'
      ? frequency.toMillis()
      : durationToMilliseconds(frequency as HumanDuration);
  return Math.max(AT_LEAST, MISSED_READS * milliseconds);
}
