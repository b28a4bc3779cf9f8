import {
  isDenied,
  outcomes,
  type Outcome,
  type OutcomeCounts,
} from '@lattice-portal/plugin-lattice-common';

const rank: Outcome[] = [
  'denied-by-network',
  'denied-by-service',
  'denied-by-identity',
  'target-refused',
  'failed',
  'allowed',
];

/** How most calls ended. Of equals, the one that needs a look. */
export function mainOutcome(counts: OutcomeCounts): Outcome | undefined {
  const most = Math.max(...outcomes.map(outcome => counts[outcome]));
  return most > 0 ? rank.find(outcome => counts[outcome] === most) : undefined;
}

/** Outcomes that need a look, those with calls only, gravest first. */
export function troubles(counts: OutcomeCounts): Outcome[] {
  return rank.filter(outcome => outcome !== 'allowed' && counts[outcome] > 0);
}

/** Whether the counts hold what the filter asks for. */
export function matchesOutcome(
  counts: OutcomeCounts,
  filter: OutcomeFilter | undefined,
): boolean {
  switch (filter) {
    case undefined:
      return true;
    case 'denied':
      return rank.some(outcome => isDenied(outcome) && counts[outcome] > 0);
    case 'trouble':
      return troubles(counts).length > 0;
    default:
      return counts[filter] > 0;
  }
}

/** A single outcome, any denial, or anything but allowed. */
export type OutcomeFilter = Outcome | 'denied' | 'trouble';
