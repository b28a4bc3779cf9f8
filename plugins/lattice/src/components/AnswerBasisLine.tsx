import type { AnswerBasis } from '@lattice-portal/plugin-lattice-common';
import { formatExact, formatLines, formatWindow } from '../format';
import { describeGap } from '../traffic/describeGap';
import styles from './AnswerBasisLine.module.css';
import { useNow } from './useNow';

/** What an answer rests on: how many calls, of which time, and what of them may be missing. */
export function AnswerBasisLine(props: {
  basis: AnswerBasis;
  /** What is counted. Default: calls */
  one?: string;
}) {
  const { basis, one = 'call' } = props;
  const { window, lines } = basis;
  const gaps = basis.gaps.filter(({ kind }) => kind !== 'network-unknown');
  const unknown = basis.gaps.find(({ kind }) => kind === 'network-unknown');
  const now = useNow();
  return (
    <div className={styles.root}>
      <span
        title={`From ${formatExact(window.from)} to ${formatExact(window.to)}`}
      >
        {formatLines(lines, one)} {formatWindow(window, now)}
      </span>
      {unknown && <span className={styles.gaps}>{describeGap(unknown)}</span>}
      {gaps.length > 0 && (
        <details className={styles.gaps}>
          <summary>some may be missing</summary>
          <ul>
            {gaps.map(gap => (
              <li key={JSON.stringify(gap)}>{describeGap(gap)}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
