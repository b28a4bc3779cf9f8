import type { Completeness } from '@lattice-portal/plugin-lattice-common';
import type { ReactNode } from 'react';
import { CompletenessLine } from './CompletenessLine';
import styles from './Page.module.css';

/** Toolbar and what the answer rests on above, content between, completeness below. */
export function Page(props: {
  toolbar?: ReactNode;
  /** Where one answer is all of the page. */
  basis?: ReactNode;
  completeness?: Completeness;
  children: ReactNode;
}) {
  return (
    <div className={styles.page}>
      {props.toolbar && <div className={styles.toolbar}>{props.toolbar}</div>}
      {props.basis}
      <div className={styles.grow}>{props.children}</div>
      {props.completeness && (
        <CompletenessLine completeness={props.completeness} />
      )}
    </div>
  );
}

/** The field of a toolbar that takes the room there is, and on a phone a line of its own. */
export function ToolbarField(props: { children: ReactNode }) {
  return <div className={styles.field}>{props.children}</div>;
}

/** Pushes what follows in a toolbar to the right. */
export function ToolbarSpacer() {
  return <div className={styles.spacer} />;
}
