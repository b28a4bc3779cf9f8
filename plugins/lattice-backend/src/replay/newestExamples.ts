import type { TrafficReplayExample } from '@lattice-portal/plugin-lattice-common';
import { compareTexts } from './compareTexts';

const MAX_EXAMPLES = 3;

/** A call that stands for its group. Times in milliseconds since the epoch. */
export interface Example extends Omit<TrafficReplayExample, 'time'> {
  time: number;
}

/** The time that an example has to have at least to be kept. */
export function oldestExample(examples: readonly Example[]): number {
  return examples[MAX_EXAMPLES - 1]?.time ?? -Infinity;
}

/** Keeps the newest, one of each path. */
export function addExample(examples: Example[], example: Example): void {
  if (examples.length === 0) {
    // Most groups have one call: nothing is to be looked for.
    examples.push(example);
    return;
  }
  const oldest = examples[MAX_EXAMPLES - 1];
  if (oldest && newestFirst(oldest, example) <= 0) {
    return;
  }
  const same = examples.findIndex(
    ({ path, sourceVpcId, outcome }) =>
      path === example.path &&
      sourceVpcId === example.sourceVpcId &&
      outcome === example.outcome,
  );
  if (same !== -1) {
    const [known] = examples.splice(same, 1);
    examples.push(known.time > example.time ? known : example);
  } else {
    examples.push(example);
  }
  examples.sort(newestFirst);
  examples.splice(MAX_EXAMPLES);
}

function newestFirst(one: Example, other: Example): number {
  return (
    other.time - one.time ||
    compareTexts(one.path ?? '', other.path ?? '') ||
    compareTexts(one.sourceVpcId ?? '', other.sourceVpcId ?? '') ||
    compareTexts(one.outcome, other.outcome)
  );
}
