import type { Outcome } from '@lattice-portal/plugin-lattice-common';

/** What the screens say of an outcome. */
export interface OutcomeDescription {
  /** As a label. */
  name: string;
  /** On an edge, one or a few characters. */
  mark: string;
  tone: 'allowed' | 'denied' | 'refused' | 'failed';
}

/** How outcomes are named and marked everywhere. Colour never says it alone. */
export const outcomeDescriptions: Record<Outcome, OutcomeDescription> = {
  allowed: { name: 'allowed', mark: '✓', tone: 'allowed' },
  'denied-by-network': {
    name: 'denied by network',
    mark: 'N',
    tone: 'denied',
  },
  'denied-by-service': {
    name: 'denied by service',
    mark: 'S',
    tone: 'denied',
  },
  'denied-by-identity': {
    name: 'denied by identity',
    mark: 'I',
    tone: 'denied',
  },
  'target-refused': { name: "target's 403", mark: '403', tone: 'refused' },
  failed: { name: 'failed', mark: '✕', tone: 'failed' },
};
