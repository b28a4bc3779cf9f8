import { outcomeDescriptions } from '../../format';
import type { Outcome } from '@lattice-portal/plugin-lattice-common';
import type { Point } from '../graph/layOutGraph';
import styles from './edgeTones.module.css';

/** Pixels before the target where the line of a call that didn't get in stops. */
export const BAR_GAP = 16;

/**
 * How a line ends: arrow, bar, ring or broken head. All lines arrive from the left.
 */
export function EdgeEnd(props: { at: Point; outcome: Outcome | undefined }) {
  const { at, outcome } = props;
  const tone = outcome && outcomeDescriptions[outcome].tone;
  const { x, y } = at;
  switch (tone) {
    case 'allowed':
      return (
        <path className={styles.arrow} d={`M ${x} ${y} l -9 -4.5 v 9 z`} />
      );
    case 'denied':
      return <path className={styles.end} d={`M ${x} ${y - 7} v 14`} />;
    case 'refused':
      return <circle className={styles.end} cx={x - 5} cy={y} r={4.5} />;
    case 'failed':
      return (
        <path
          className={styles.end}
          d={`M ${x - 9} ${y - 6} l 5 3.3 M ${x - 9} ${y + 6} l 5 -3.3`}
        />
      );
    default:
      return (
        <text x={x - 8} y={y + 4} fontSize={12} fill="currentcolor">
          ?
        </text>
      );
  }
}
