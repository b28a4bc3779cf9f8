import { Button, Text } from '@backstage/ui';
import {
  callerName,
  type TrafficReplayGroup,
  type TrafficReplayLayer,
  type TrafficReplayResult,
} from '@lattice-portal/plugin-lattice-common';
import { useState } from 'react';
import { OutcomeMark, RelativeTime } from '../../components';
import {
  formatCount,
  formatExact,
  layerNames,
  layerResultNames,
} from '../../format';
import type { DescribedChange } from './replayChanges';
import styles from './ReplaySection.module.css';

const SHOWN = 10;

/** Groups of calls with one change, each opening to its examples. What does not change opens first. */
export function ReplayGroups(props: {
  described: DescribedChange;
  groups: TrafficReplayGroup[];
  unlisted?: TrafficReplayResult['unlisted'];
}) {
  const { described, groups, unlisted } = props;
  if (groups.length === 0 && !unlisted) {
    return undefined;
  }
  const list = <GroupList groups={groups} unlisted={unlisted} />;
  if (described.change === 'unchanged') {
    return (
      <details>
        <summary className={styles.opener}>
          {described.name},{' '}
          {formatCount(groups.length + (unlisted?.groups ?? 0), 'group')}
        </summary>
        <div className={styles.groups}>{list}</div>
      </details>
    );
  }
  return (
    <div className={styles.groups}>
      <Text as="h4" weight="bold">
        <span className={described.tone && styles[described.tone]}>
          <span aria-hidden="true" className={styles.mark}>
            {described.mark}
          </span>
          {described.name}
        </span>
      </Text>
      {list}
    </div>
  );
}

function GroupList(props: {
  groups: TrafficReplayGroup[];
  unlisted: TrafficReplayResult['unlisted'];
}) {
  const { groups, unlisted } = props;
  const [isAll, setIsAll] = useState(false);
  const shown = isAll ? groups : groups.slice(0, SHOWN);
  return (
    <>
      {shown.map(group => (
        <Group key={keyOf(group)} group={group} />
      ))}
      {shown.length < groups.length && (
        <Button
          size="small"
          variant="tertiary"
          onPress={() => setIsAll(true)}
        >{`Show all ${groups.length}`}</Button>
      )}
      {unlisted && (
        <Text as="p" color="secondary">
          {formatCount(unlisted.groups, 'smaller group')} with{' '}
          {formatCount(unlisted.calls, 'call')} not listed.
        </Text>
      )}
    </>
  );
}

function Group(props: { group: TrafficReplayGroup }) {
  const { group } = props;
  return (
    <details className={styles.group}>
      <summary>
        <b>{callerName(group.callerId)}</b> → <b>{group.serviceName}</b>{' '}
        {[group.method, group.pathShape ?? 'various paths']
          .filter(Boolean)
          .join(' ')}
        , {formatCount(group.count, 'call')}
      </summary>
      <div className={styles.detail}>
        {group.reasons.length > 0 && (
          <p>It hangs on: {group.reasons.join('; ')}</p>
        )}
        <ul className={styles.rows}>
          {group.layers.map(layer => (
            <li key={layer.layer}>{describeLayer(layer)}</li>
          ))}
        </ul>
        <p>
          First <RelativeTime time={group.firstSeen} />, last{' '}
          <RelativeTime time={group.lastSeen} />. Such as:
        </p>
        <ul className={styles.rows}>
          {group.examples.map(example => (
            <li key={JSON.stringify(example)}>
              {example.path ?? 'no path on record'}
              {example.sourceVpcId && ` from ${example.sourceVpcId}`},{' '}
              {formatExact(example.time)}, then{' '}
              <OutcomeMark outcome={example.outcome} />
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
}

function describeLayer({ layer, before, after }: TrafficReplayLayer): string {
  const name = layerNames[layer];
  return before === after
    ? `${name}: ${layerResultNames[before]}, before and after`
    : `${name}: ${layerResultNames[before]} before, ${layerResultNames[after]} after`;
}

function keyOf(group: TrafficReplayGroup): string {
  const { callerId, serviceArn, method, pathShape, layers } = group;
  return JSON.stringify([callerId, serviceArn, method, pathShape, layers]);
}
