import type { ReactNode } from 'react';
import styles from './FieldFrame.module.css';

/** Gives a field an edge on the scaffolder's card. */
export function FieldFrame(props: { children: ReactNode }) {
  return <div className={styles.frame}>{props.children}</div>;
}
