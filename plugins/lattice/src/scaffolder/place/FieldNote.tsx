import type { ReactNode } from 'react';
import styles from './FieldNote.module.css';

/** A field that has nothing to choose yet: its name, and what it waits for. */
export function FieldNote(props: { title: string; children: ReactNode }) {
  return (
    <div className={styles.note} role="group" aria-label={props.title}>
      <span className={styles.title}>{props.title}</span>
      <span className={styles.text}>{props.children}</span>
    </div>
  );
}
