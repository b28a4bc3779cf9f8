import {
  RiQuestionLine,
  RiServerLine,
  RiShareLine,
  RiShieldUserLine,
  RiUserUnfollowLine,
} from '@remixicon/react';
import type { AuthType } from '@lattice-portal/auth-policy';
import type { NodeProps } from '@xyflow/react';
import type { ReactElement } from 'react';
import { totalCalls } from '@lattice-portal/plugin-lattice-common';
import { entityLabel, formatCompact } from '../../format';
import type { GraphNode } from '../graph/types';
import { Anchors } from './Anchors';
import styles from './ItemNode.module.css';
import type { ItemFlowNode } from './types';

/** A caller, service network or service: a button that opens what is known of it. */
export function ItemNode({ data }: NodeProps<ItemFlowNode>) {
  const { node, selected, dimmed, onSelect, windowMinutes } = data;
  const { icon, name, kind, detail, aside } = describe(node, windowMinutes);
  const classes = [
    'nopan',
    styles.item,
    styles[node.kind],
    selected ? styles.selected : '',
    dimmed ? styles.dimmed : '',
  ];
  return (
    <>
      <Anchors />
      <button
        type="button"
        className={classes.join(' ')}
        aria-pressed={selected}
        aria-label={[`${kind} ${name}`, detail, aside]
          .filter(Boolean)
          .join(', ')}
        onClick={onSelect}
      >
        <span className={styles.icon}>{icon}</span>
        <span className={styles.texts}>
          <span className={styles.name}>{name}</span>
          {detail && <span className={styles.detail}>{detail}</span>}
        </span>
        <span className={styles.aside}>{aside}</span>
      </button>
    </>
  );
}

interface ItemDescription {
  icon: ReactElement;
  name: string;
  kind: string;
  detail?: string;
  aside?: string;
}

function describe(node: GraphNode, windowMinutes: number): ItemDescription {
  if (node.kind === 'network') {
    const { name, authType } = node.network;
    return {
      icon: <RiShareLine size={18} />,
      kind: 'service network',
      name,
      detail: shortAuthType(authType),
    };
  }
  if (node.kind === 'service') {
    const { name, owner, authType, counts } = node.service;
    const perMinute = totalCalls(counts) / windowMinutes;
    return {
      icon: <RiServerLine size={18} />,
      kind: 'service',
      name,
      detail: [owner && entityLabel(owner), shortAuthType(authType)]
        .filter(Boolean)
        .join(' · '),
      aside:
        perMinute > 0
          ? `${
              perMinute < 1 ? '< 1' : formatCompact(Math.round(perMinute))
            }/min`
          : 'no calls',
    };
  }
  const { kind, name } = node.caller;
  const icons = {
    signed: <RiShieldUserLine size={18} />,
    anonymous: <RiUserUnfollowLine size={18} />,
    unknown: <RiQuestionLine size={18} />,
  };
  return {
    icon: icons[kind],
    kind: 'caller',
    name,
    detail: kind === 'anonymous' ? 'not signed' : undefined,
  };
}

function shortAuthType(authType: AuthType | undefined): string {
  if (authType === 'AWS_IAM') {
    return 'IAM';
  }
  return authType === 'NONE' ? 'no auth' : 'auth unknown';
}
