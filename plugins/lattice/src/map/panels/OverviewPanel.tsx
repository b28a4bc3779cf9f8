import { Text } from '@backstage/ui';
import {
  sumOutcomeCounts,
  totalCalls,
  type MapEdge,
  type ServiceMap,
} from '@lattice-portal/plugin-lattice-common';
import { OutcomeMark } from '../../components';
import { formatCount } from '../../format';
import { openTroubles } from '../graph/edgeState';
import { EdgeList } from './EdgeList';
import { Panel, PanelSection } from './Panel';
import styles from './Panel.module.css';

const SHOWN = 8;

/** What needs a look, and what the marks mean, while nothing is selected. */
export function OverviewPanel(props: {
  map: ServiceMap;
  onSelectEdge: (edge: MapEdge) => void;
}) {
  const { map, onSelectEdge } = props;
  const calls = totalCalls(
    sumOutcomeCounts(map.edges.map(edge => edge.counts)),
  );
  const troubled = map.edges
    .filter(edge => openTroubles(edge).length > 0)
    .sort((a, b) => troubleCalls(b) - troubleCalls(a));
  return (
    <Panel title="In this window">
      <Text>
        {formatCount(calls, 'call')} by{' '}
        {formatCount(map.callers.length, 'caller')} to{' '}
        {formatCount(map.services.length, 'service')}
      </Text>
      <PanelSection title="Needs a look">
        {troubled.length === 0 ? (
          <Text color="secondary">Every recorded call got through.</Text>
        ) : (
          <EdgeList
            map={map}
            edges={troubled.slice(0, SHOWN)}
            troublesOnly
            onSelect={onSelectEdge}
          />
        )}
        {troubled.length > SHOWN && (
          <Text color="secondary">
            and {troubled.length - SHOWN} more; the table has all
          </Text>
        )}
      </PanelSection>
      <PanelSection title="Marks">
        <dl className={styles.legend}>
          <dt>
            <OutcomeMark outcome="allowed" />
          </dt>
          <dd>solid line with an arrow</dd>
          <dt>
            <OutcomeMark outcome="denied-by-network" withoutWord />{' '}
            <OutcomeMark outcome="denied-by-service" withoutWord />{' '}
            <OutcomeMark outcome="denied-by-identity" withoutWord />
          </dt>
          <dd>denied by network, service or identity: stops at a bar</dd>
          <dt>
            <OutcomeMark outcome="target-refused" />
          </dt>
          <dd>the target itself refused: ends in a ring</dd>
          <dt>
            <OutcomeMark outcome="failed" />
          </dt>
          <dd>no verdict on access: broken head</dd>
          <dt>dotted</dt>
          <dd>belongs to the service network</dd>
        </dl>
      </PanelSection>
    </Panel>
  );
}

function troubleCalls(edge: MapEdge): number {
  return openTroubles(edge).reduce(
    (sum, outcome) => sum + edge.counts[outcome],
    0,
  );
}
