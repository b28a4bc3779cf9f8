import { VisuallyHidden } from '@backstage/ui';
import type { Outcome } from '@lattice-portal/plugin-lattice-common';
import { outcomeDescriptions } from '../format';
import styles from './OutcomeMark.module.css';

/** An outcome by shape, colour and, unless it stands beside it already, by word. */
export function OutcomeMark(props: {
  outcome: Outcome | 'unknown';
  withoutWord?: boolean;
}) {
  // Marks that stand side by side get their words on hover.
  const { name, mark, tone } =
    props.outcome === 'unknown'
      ? { name: 'unknown', mark: '?', tone: 'unknown' as const }
      : outcomeDescriptions[props.outcome];
  return (
    <span className={styles.root} title={props.withoutWord ? name : undefined}>
      <span className={`${styles.mark} ${styles[tone]}`} aria-hidden="true">
        {mark}
      </span>
      {props.withoutWord ? (
        <VisuallyHidden>{name}</VisuallyHidden>
      ) : (
        <span className={styles.word}>{name}</span>
      )}
    </span>
  );
}
