import {
  totalCalls,
  type MapEdge,
  type ServiceMap,
} from '@lattice-portal/plugin-lattice-common';
import { OutcomeMark } from '../../components';
import { formatNumber } from '../../format';
import { edgeTitle } from '../describeEdge';
import { edgeState, openTroubles } from '../graph/edgeState';
import styles from './Panel.module.css';

/** Edges by name with their calls, or only with those that need a look; each opens itself. */
export function EdgeList(props: {
  map: ServiceMap;
  edges: MapEdge[];
  troublesOnly?: boolean;
  onSelect: (edge: MapEdge) => void;
}) {
  return (
    <ul className={styles.list}>
      {props.edges.map(edge => (
        <li key={edge.id}>
          <button
            type="button"
            className={styles.entry}
            onClick={() => props.onSelect(edge)}
          >
            <span className={styles.name}>{edgeTitle(props.map, edge)}</span>
            {props.troublesOnly ? (
              openTroubles(edge).map(outcome => (
                <span key={outcome} className={styles.amount}>
                  {formatNumber(edge.counts[outcome])}
                  <OutcomeMark outcome={outcome} withoutWord />
                </span>
              ))
            ) : (
              <span className={styles.amount}>
                {formatNumber(totalCalls(edge.counts))}
                <OutcomeMark
                  outcome={edgeState(edge).outcome ?? 'unknown'}
                  withoutWord
                />
              </span>
            )}
          </button>
        </li>
      ))}
    </ul>
  );
}
