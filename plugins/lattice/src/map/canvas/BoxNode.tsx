import type { NodeProps } from '@xyflow/react';
import { describeAccounts, useNow } from '../../components';
import { Anchors } from './Anchors';
import styles from './BoxNode.module.css';
import type { BoxFlowNode } from './types';

/** An account or VPC around what it holds. */
export function BoxNode({ data: { box, dimmed } }: NodeProps<BoxFlowNode>) {
  const now = useNow();
  const notes = describeAccounts(box.freshness ?? [], now);
  const classes = [
    styles.box,
    styles[box.kind],
    notes.length ? styles.stale : '',
    dimmed ? styles.dimmed : '',
  ];
  return (
    <div className={classes.join(' ')}>
      <Anchors />
      <div className={styles.heading}>
        <span className={styles.title}>
          {box.kind === 'vpc' ? `VPC ${box.title}` : box.title}
        </span>
        {notes.length === 0 && (
          <span className={styles.subtitle}>{box.subtitle}</span>
        )}
        {notes.length > 0 && (
          <span
            className={styles.question}
            title={notes.map(note => note.text).join('\n')}
          >
            ? {notes[0].state}
          </span>
        )}
      </div>
      {box.note && <div className={styles.note}>{box.note}</div>}
    </div>
  );
}
