/** A pattern as steps: a character code, {@link STAR} or {@link ANY}. */
export type Steps = readonly number[];

/** `*`: any text, also none. */
export const STAR = -1;
/** `?`: one character. */
export const ANY = -2;

/** Positions in a pattern that a text read so far can have led to, ascending. */
export type Positions = readonly number[];

/**
 * A text as steps; `*` and `?` become wildcards if asked to.
 */
export function stepsOf(text: string, wildcards: boolean): Steps {
  const steps: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (wildcards && character === '*') {
      // Several stars in a row say what one says.
      if (steps[steps.length - 1] !== STAR) {
        steps.push(STAR);
      }
    } else {
      steps.push(wildcards && character === '?' ? ANY : text.charCodeAt(index));
    }
  }
  return steps;
}

/** Where a pattern begins. */
export function startOf(steps: Steps): Positions {
  return spread(steps, new Set([0]));
}

/** Where a pattern is after one more character. */
export function advance(
  steps: Steps,
  positions: Positions,
  code: number,
): Positions {
  const next = new Set<number>();
  for (const position of positions) {
    const step = steps[position];
    if (step === STAR) {
      next.add(position);
    } else if (step === ANY || step === code) {
      next.add(position + 1);
    }
  }
  return spread(steps, next);
}

/** Whether the text read so far matches. */
export function isAccepted(steps: Steps, positions: Positions): boolean {
  return positions[positions.length - 1] === steps.length;
}

/** Whether a pattern matches a text; takes pattern length times text length at worst. */
export function matchesSteps(steps: Steps, text: string): boolean {
  let positions = startOf(steps);
  for (let index = 0; index < text.length; index += 1) {
    positions = advance(steps, positions, text.charCodeAt(index));
  }
  return isAccepted(steps, positions);
}

function spread(steps: Steps, positions: Set<number>): Positions {
  for (const position of positions) {
    if (steps[position] === STAR) {
      positions.add(position + 1);
    }
  }
  return [...positions].sort((left, right) => left - right);
}
