import type { LayerResult, VerdictOutcome } from '@lattice-portal/auth-policy';
import {
  RiCheckLine,
  RiCloseLine,
  RiQuestionLine,
  RiSubtractLine,
} from '@remixicon/react';
import styles from './LayerResultMark.module.css';

const kinds: Record<LayerResult | VerdictOutcome, keyof typeof icons> = {
  allowed: 'allowed',
  'explicitly-denied': 'denied',
  'implicitly-denied': 'denied',
  denied: 'denied',
  'not-enforced': 'idle',
  'not-applicable': 'idle',
  unknown: 'unknown',
};

const icons = {
  allowed: RiCheckLine,
  denied: RiCloseLine,
  idle: RiSubtractLine,
  unknown: RiQuestionLine,
};

/** Tick, cross, dash or question mark of what a layer or all policies together say. */
export function LayerResultMark(props: {
  result: LayerResult | VerdictOutcome;
}) {
  const kind = kinds[props.result];
  const Icon = icons[kind];
  return <Icon className={styles[kind]} size={18} aria-hidden="true" />;
}
