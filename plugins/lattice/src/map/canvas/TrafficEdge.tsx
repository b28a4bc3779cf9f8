import { isDenied, totalCalls } from '@lattice-portal/plugin-lattice-common';
import { EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { OutcomeMark, useNow } from '../../components';
import {
  formatCompact,
  formatRelative,
  outcomeDescriptions,
} from '../../format';
import { describeEdge } from '../describeEdge';
import { troubles } from '../graph/edgeOutcomes';
import { edgeState } from '../graph/edgeState';
import { labelPoint, roundedPath } from '../graph/roundedPath';
import { BAR_GAP, EdgeEnd } from './EdgeEnd';
import styles from './edgeTones.module.css';
import type { TrafficFlowEdge } from './types';

const MARKS = 3;

/** Recorded traffic from a caller to a service. Its label is the button that opens it. */
export function TrafficEdge({ data }: EdgeProps<TrafficFlowEdge>) {
  const now = useNow();
  if (!data) {
    return undefined;
  }
  const { edge, points, selected, dimmed, title, onSelect } = data;
  const state = edgeState(edge);
  const { outcome } = state;
  const tone = outcome ? outcomeDescriptions[outcome].tone : 'unknown';
  const line = outcome && isDenied(outcome) ? stopShort(points) : points;
  const label = labelPoint(points);
  const name = `${title}: ${describeEdge(edge.counts, state, now)}`;
  const marks = troubles(edge.counts).slice(0, MARKS);
  return (
    <>
      <g className={`${styles[tone]} ${dimmed ? styles.dimmed : ''}`}>
        <path
          className={`${styles.line} ${selected ? styles.selectedLine : ''}`}
          d={roundedPath(line)}
        />
        <EdgeEnd at={line[line.length - 1]} outcome={outcome} />
        <path
          className={styles.reach}
          d={roundedPath(points)}
          onClick={onSelect}
        />
      </g>
      <EdgeLabelRenderer>
        <button
          type="button"
          className={[
            'nodrag nopan',
            styles.label,
            selected ? styles.selectedLabel : '',
            dimmed ? styles.dimmed : '',
          ].join(' ')}
          style={{
            transform: `translate(-50%, -50%) translate(${label.x}px, ${label.y}px)`,
          }}
          aria-pressed={selected}
          aria-label={name}
          title={name}
          onClick={onSelect}
        >
          {marks.length === 0 && formatCompact(totalCalls(edge.counts))}
          {marks.map(mark => (
            <span key={mark} className={styles.markWithCount}>
              <OutcomeMark outcome={mark} withoutWord />
              {formatCompact(edge.counts[mark])}
            </span>
          ))}
          {state.before &&
            `${
              state.before.outcome === 'allowed' ? 'allowed ' : ''
            }until ${formatRelative(state.before.until, now)}`}
        </button>
      </EdgeLabelRenderer>
    </>
  );
}

function stopShort(points: { x: number; y: number }[]) {
  const last = points[points.length - 1];
  return [...points.slice(0, -1), { x: last.x - BAR_GAP, y: last.y }];
}
