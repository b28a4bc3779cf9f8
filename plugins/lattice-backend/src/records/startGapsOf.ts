import type { StoreGap } from '@lattice-portal/access-log-store';
import type { StoredLogSourceStatus } from '../database/IngestStore';
import type { TimeRange } from '../database/TrafficStore';

const HOUR = 60 * 60 * 1000;
/** So many that begin in the same hour are told one by one. */
const MOST_NAMED = 3;

/**
 * What came before the reading of a log began, as of an account that came later: nobody has looked at it. A log
 * that has been read from before its subscription was made on has nothing older. Logs that begin in the same hour,
 * as all do when the portal is set up, are told together.
 */
export function startGapsOf(options: {
  sources: readonly Pick<
    StoredLogSourceStatus,
    'id' | 'loggedFrom' | 'readFrom'
  >[];
  span: TimeRange;
}): StoreGap[] {
  const { sources, span } = options;
  const byHour = new Map<number, { id: string; from: number }[]>();
  for (const { id, loggedFrom, readFrom } of sources) {
    const from = readFrom === undefined ? -Infinity : Date.parse(readFrom);
    if (from > Math.max(span.from, sinceOf(loggedFrom))) {
      const hour = Math.floor(from / HOUR);
      byHour.set(hour, [...(byHour.get(hour) ?? []), { id, from }]);
    }
  }
  return [...byHour.entries()]
    .sort(([one], [other]) => other - one)
    .flatMap(([, logs]) =>
      logs.length <= MOST_NAMED
        ? logs.map(({ id, from }) => gapOf(id, from))
        : [
            gapOf(
              `${logs.length} logs`,
              logs.reduce((latest, { from }) => Math.max(latest, from), 0),
            ),
          ],
    );
}

function gapOf(source: string, from: number): StoreGap {
  return {
    kind: 'source',
    source,
    reason: 'The reading began then, older lines are not read',
    to: new Date(from).toISOString(),
  };
}

function sinceOf(loggedFrom: string | undefined): number {
  return loggedFrom === undefined ? -Infinity : Date.parse(loggedFrom);
}
