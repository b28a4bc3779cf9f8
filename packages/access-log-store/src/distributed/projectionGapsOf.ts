import { dayOf } from '../files/layout';
import type { StoreGap } from '../types';

const DAY = 86_400_000;

/**
 * Days that the tables do not have, whatever records of them are kept: the partitions that the template
 * projects go from its first day to the day after today, in UTC. Athena answers as if there were none of others:
 * https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html
 *
 * @param options - `firstDay`: as yyyy-MM-dd; all else in milliseconds since the epoch
 */
export function projectionGapsOf(options: {
  database: string;
  firstDay: string;
  span: { from: number; to: number };
  now: number;
}): StoreGap[] {
  const { database, firstDay, span, now } = options;
  const first = Date.parse(firstDay);
  const end = Date.parse(dayOf(now)) + 2 * DAY;
  const gap = (from: number, to: number, reason: string): StoreGap[] =>
    from < to
      ? [
          {
            kind: 'source',
            source: `${database} in Amazon Athena`,
            reason,
            from: new Date(from).toISOString(),
            to: new Date(to).toISOString(),
          },
        ]
      : [];
  return [
    ...gap(
      span.from,
      Math.min(span.to, first),
      `The tables begin with ${firstDay}, the parameter FirstDay of their stack: what is kept of days before is not in the answer`,
    ),
    ...gap(
      Math.max(span.from, end),
      span.to,
      'The tables end with tomorrow: what is kept of days after is not in the answer',
    ),
  ];
}
