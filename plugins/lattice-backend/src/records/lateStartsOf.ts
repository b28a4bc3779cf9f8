import type { StoreGap } from '@lattice-portal/access-log-store';
import type { TimeRange } from '../database/TrafficStore';

const HOUR = 60 * 60 * 1000;
/** Of an account with very many logs that is read since later, the rest is told in one. */
const MOST_NAMED = 10;
const REASON = 'Other logs were read then, and this one only later';

/** Since when a log is read. */
export interface LogStart {
  id: string;
  /** Milliseconds since the epoch. */
  readFrom: number;
}

/**
 * Logs whose reading began later than that of others, such as those of an account that came later: the hours
 * in between were told to the store as read, and not from these. Hours before the first log was read, and the
 * one in which that began, never are.
 */
export function lateStartsOf(options: {
  starts: readonly LogStart[];
  span: TimeRange;
}): StoreGap[] {
  const { starts, span } = options;
  const first = starts.reduce(
    (least, { readFrom }) => Math.min(least, readFrom),
    Infinity,
  );
  if (first >= span.to) {
    return [];
  }
  const firstTold = Math.ceil(first / HOUR) * HOUR;
  const late = starts
    .filter(({ readFrom }) => readFrom > Math.max(firstTold, span.from))
    .sort((one, other) => other.readFrom - one.readFrom);
  const gapTo = (readFrom: number) => ({
    kind: 'source' as const,
    reason: REASON,
    from: new Date(first).toISOString(),
    to: new Date(readFrom).toISOString(),
  });
  const [latestUnnamed] = late.slice(MOST_NAMED);
  return [
    ...late.slice(0, MOST_NAMED).map(({ id, readFrom }) => ({
      ...gapTo(readFrom),
      source: id,
    })),
    ...(latestUnnamed
      ? [
          {
            ...gapTo(latestUnnamed.readFrom),
            source: `${late.length - MOST_NAMED} more logs`,
            reason: 'Other logs were read then, and these only later',
          },
        ]
      : []),
  ];
}
