import type { EdgeProps } from '@xyflow/react';
import { roundedPath } from '../graph/roundedPath';
import styles from './edgeTones.module.css';
import type { MemberFlowEdge } from './types';

/** A VPC's or service's place in a service network. */
export function MemberEdge({ data }: EdgeProps<MemberFlowEdge>) {
  if (!data) {
    return undefined;
  }
  return (
    <path
      className={`${styles.member} ${data.dimmed ? styles.dimmed : ''}`}
      d={roundedPath(data.points)}
    />
  );
}
