import type { AccessRequestStatus } from '@lattice-portal/plugin-lattice-common';
import {
  RiCheckLine,
  RiCloseLine,
  RiStopLine,
  RiTimeLine,
} from '@remixicon/react';
import { statusDescriptions } from './describeRequest';
import styles from './StatusBadge.module.css';

const icons = {
  open: RiTimeLine,
  good: RiCheckLine,
  bad: RiCloseLine,
  ended: RiStopLine,
};

/** Where a request stands. */
export function StatusBadge(props: { status: AccessRequestStatus }) {
  const { name, tone } = statusDescriptions[props.status];
  const Icon = icons[tone];
  return (
    <span className={`${styles.status} ${styles[tone]}`}>
      <Icon size={16} aria-hidden="true" />
      <span className={styles.name}>{name}</span>
    </span>
  );
}
