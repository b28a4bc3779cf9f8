import {
  outcomes,
  type OutcomeCounts,
} from '@lattice-portal/plugin-lattice-common';
import { Text } from '@backstage/ui';
import { OutcomeMark } from '../../components';
import { formatNumber } from '../../format';
import styles from './Panel.module.css';

/** Calls by outcome, those with calls only. */
export function CountFacts(props: { counts: OutcomeCounts }) {
  const present = outcomes.filter(outcome => props.counts[outcome] > 0);
  if (!present.length) {
    return <Text color="secondary">No calls in this window.</Text>;
  }
  return (
    <ul className={styles.list}>
      {present.map(outcome => (
        <li key={outcome} className={styles.amountRow}>
          <OutcomeMark outcome={outcome} />
          <span className={styles.amount}>
            {formatNumber(props.counts[outcome])}
          </span>
        </li>
      ))}
    </ul>
  );
}
