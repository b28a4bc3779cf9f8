import type { MapEdge } from '@lattice-portal/plugin-lattice-common';
import { OutcomeMark, useNow } from '../components';
import styles from './EdgeOutcome.module.css';
import { describeBefore } from './describeEdge';
import { troubles } from './graph/edgeOutcomes';
import { edgeState } from './graph/edgeState';

/** What an edge does now, what it did until lately, and marks of what else happened. */
export function EdgeOutcome(props: { edge: MapEdge; withoutWord?: boolean }) {
  const { edge } = props;
  const now = useNow();
  const state = edgeState(edge);
  const outcome = state.outcome ?? 'unknown';
  const before = describeBefore(state, now);
  const others = troubles(edge.counts).filter(other => other !== outcome);
  return (
    <span className={styles.root}>
      <span className={styles.now}>
        <OutcomeMark outcome={outcome} withoutWord={props.withoutWord} />
        {others.map(other => (
          <OutcomeMark key={other} outcome={other} withoutWord />
        ))}
      </span>
      {before && <span className={styles.before}>{before}</span>}
    </span>
  );
}
