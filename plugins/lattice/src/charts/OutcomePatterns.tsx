import type { Outcome } from '@lattice-portal/plugin-lattice-common';
import { outcomeDescriptions } from '../format';
import styles from './OutcomesChart.module.css';

// Three denials share a colour, so the hatching tells them apart.
const hatchings: Record<Outcome, string> = {
  allowed: '',
  'denied-by-network': 'M 0 3 H 6',
  'denied-by-service': '',
  'denied-by-identity': 'M 3 0 V 6',
  'target-refused': 'M 0 6 L 6 0',
  failed: 'M 0 0 L 6 6',
};

/** Id of the fill of an outcome. */
export function patternId(outcome: Outcome): string {
  return `lattice-outcome-${outcome}`;
}

/** Fills of the outcomes, by colour and hatching. */
export function OutcomePatterns() {
  return (
    <defs>
      {(Object.keys(hatchings) as Outcome[]).map(outcome => (
        <pattern
          key={outcome}
          id={patternId(outcome)}
          width={6}
          height={6}
          patternUnits="userSpaceOnUse"
          className={styles[outcomeDescriptions[outcome].tone]}
        >
          <rect
            width={6}
            height={6}
            fill="currentcolor"
            // Paler, so that what needs a look stands out.
            fillOpacity={outcome === 'allowed' ? 0.45 : 1}
          />
          <path
            d={hatchings[outcome]}
            stroke="var(--bui-bg-neutral-1)"
            strokeWidth={1.6}
          />
        </pattern>
      ))}
    </defs>
  );
}
