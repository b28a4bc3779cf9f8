import { Alert, Text } from '@backstage/ui';
import type {
  TrafficReplay,
  TrafficReplayResult,
} from '@lattice-portal/plugin-lattice-common';
import { EntityLink, RelativeTime } from '../../components';
import { formatCount, formatExact, formatNumber } from '../../format';
import { describeGap } from '../../traffic/describeGap';
import { replayChanges } from './replayChanges';
import { ReplayGroups } from './ReplayGroups';
import styles from './ReplaySection.module.css';

/** What a replay found: counts first, then who is concerned, then what is missing. */
export function ReplayResult(props: {
  replay: TrafficReplay;
  result: TrafficReplayResult;
}) {
  const { replay, result } = props;
  const { counts, groups, calls } = result;
  const gaps = result.gaps.filter(({ kind }) => kind !== 'network-unknown');
  const leftOut = result.gaps.find(({ kind }) => kind === 'network-unknown');
  return (
    <>
      {replay.outdated && (
        <Alert
          status="warning"
          icon
          title="The request has changed since"
          description="What follows is of the policies that it asked for before. Replay again."
        />
      )}
      <ul className={styles.counts} aria-label="Result">
        {replayChanges.map(({ change, field, name, mark, tone }) => (
          <li
            key={change}
            className={`${styles.count} ${
              tone && counts[field] > 0 ? styles[tone] : ''
            }`}
          >
            <span className={styles.number}>
              {mark && (
                <span aria-hidden="true" className={styles.mark}>
                  {mark}
                </span>
              )}
              {formatNumber(counts[field])}
            </span>
            {name}
          </li>
        ))}
      </ul>
      {replayChanges.map(described => (
        <ReplayGroups
          key={described.change}
          described={described}
          groups={groups.filter(({ change }) => change === described.change)}
          unlisted={
            described.change === 'unchanged' ? result.unlisted : undefined
          }
        />
      ))}
      {result.withheld && <Text as="p">{result.withheld}</Text>}
      {leftOut && (
        <Text as="p" weight="bold">
          {describeGap(leftOut)}, so what becomes of them is not known.
        </Text>
      )}
      {gaps.length > 0 && (
        <div>
          <Text as="p" weight="bold">
            Of these times the records are missing, or not all there:
          </Text>
          <ul className={styles.rows}>
            {gaps.map(gap => (
              <li key={JSON.stringify(gap)}>{describeGap(gap)}</li>
            ))}
          </ul>
        </div>
      )}
      <Text as="p" color="secondary">
        {formatCount(calls, 'recorded call')} from{' '}
        {formatExact(replay.window.from)} to {formatExact(replay.window.to)},
        all decided; started <RelativeTime time={replay.createdAt} /> by{' '}
        <EntityLink entityRef={replay.askedBy} />.
      </Text>
    </>
  );
}
