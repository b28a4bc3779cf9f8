import type { StoreGap } from '@lattice-portal/access-log-store';
import type { StoredLogSourceStatus } from '../database/IngestStore';
import type { TimeRange } from '../database/TrafficStore';

/** Of very many logs that are read since later, the rest is told in one. */
const MOST_NAMED = 10;

/**
 * What came before the reading of a log began, as of an account that came later: nobody has looked at it. A log
 * that has been read from before its subscription was made on has nothing older.
 */
export function startGapsOf(options: {
  sources: readonly Pick<
    StoredLogSourceStatus,
    'id' | 'loggedFrom' | 'readFrom'
  >[];
  span: TimeRange;
}): StoreGap[] {
  const { sources, span } = options;
  const late = sources
    .flatMap(({ id, loggedFrom, readFrom }) =>
      readFrom !== undefined &&
      Date.parse(readFrom) > Math.max(span.from, sinceOf(loggedFrom))
        ? [{ source: id, to: readFrom }]
        : [],
    )
    .sort((one, other) => Date.parse(other.to) - Date.parse(one.to));
  const [latestUnnamed] = late.slice(MOST_NAMED);
  return [
    ...late.slice(0, MOST_NAMED).map(({ source, to }) => ({
      kind: 'source' as const,
      source,
      reason: 'The reading of the log began then, older lines are not read',
      to,
    })),
    ...(latestUnnamed
      ? [
          {
            kind: 'source' as const,
            source: `${late.length - MOST_NAMED} more logs`,
            reason:
              'Their reading began then or before, older lines are not read',
            to: latestUnnamed.to,
          },
        ]
      : []),
  ];
}

function sinceOf(loggedFrom: string | undefined): number {
  return loggedFrom === undefined ? -Infinity : Date.parse(loggedFrom);
}
