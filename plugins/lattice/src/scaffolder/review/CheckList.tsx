import type { ProvisioningCheck } from '@lattice-portal/plugin-lattice-common';
import {
  RiCheckLine,
  RiCloseCircleLine,
  RiQuestionLine,
} from '@remixicon/react';
import styles from './LatticePlanReview.module.css';

const marks = {
  passes: { Icon: RiCheckLine, word: 'fine' },
  refused: { Icon: RiCloseCircleLine, word: 'refused' },
  unknown: { Icon: RiQuestionLine, word: 'unknown' },
};

const order = ['refused', 'unknown', 'passes'];

/** Checks with their results: what is refused first. */
export function CheckList(props: { checks: ProvisioningCheck[] }) {
  const checks = [...props.checks].sort(
    (a, b) => order.indexOf(a.result) - order.indexOf(b.result),
  );
  return (
    <ul className={styles.checks}>
      {checks.map(({ id, result, message }) => {
        const { Icon, word } = marks[result];
        return (
          <li key={id} className={styles.check}>
            <Icon size={18} className={styles[result]} aria-hidden="true" />
            <span>
              <span className={styles.word}>{word}</span> {message}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
