import { KnownText } from './PartialText';
import { ANY, Pattern, STAR } from './Pattern';

const COLON = 58;
const SLASH = 47;
const ARN = [...'arn:'].map(character => character.charCodeAt(0));

/**
 * Whether an ARN pattern has a wildcard where AWS allows none: in the partition, the
 * service, or within the resource type.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html#arns-paths-wildcards
 */
export function hasUnsupportedWildcard(pattern: Pattern): boolean {
  const { derived } = pattern;
  derived.unsupportedWildcard ??= findUnsupportedWildcard(pattern);
  return derived.unsupportedWildcard;
}

function findUnsupportedWildcard({ codes }: Pattern): boolean {
  if (!isArn(codes)) {
    return false;
  }
  let part = 0;
  for (const [index, code] of codes.entries()) {
    if (code === COLON && part < 5) {
      part += 1;
    } else if (part === 5 && code === SLASH) {
      return false;
    } else if (code < 0) {
      const isLast = index === codes.length - 1;
      const endsType = code === STAR && isLast && codes[index - 1] === COLON;
      if (part === 1 || part === 2 || (part === 5 && !endsType)) {
        return true;
      }
    }
  }
  return false;
}

/**
 * Whether a pattern that matches a text also does so in the reading that AWS documents:
 * a `*` reaches over colons only as the last character of its part.
 *
 * The `*` before `/rates` in a pattern like `*` + `/rates` is documented by VPC Lattice,
 * although it reaches over colons.
 */
export function matchesWithinParts(pattern: Pattern, text: KnownText): boolean {
  const { codes, derived, head } = pattern;
  derived.boundWildcard ??= codes.some((code, index) =>
    isBound(codes, code, index),
  );
  if (!derived.boundWildcard) {
    return true;
  }
  if (typeof text !== 'string') {
    const { before, after } = text;
    return simulate(codes, `${before} ${after}`, before.length);
  }
  // Where no colon is left for the wildcards, the match itself is the proof.
  return !text.includes(':', head.length) || simulate(codes, text);
}

/** Whether the wildcard at a place may not stand for a colon. */
function isBound(
  codes: readonly number[],
  code: number,
  index: number,
): boolean {
  if (code === ANY) {
    return true;
  }
  return (
    code === STAR &&
    index > 0 &&
    index < codes.length - 1 &&
    codes[index + 1] !== COLON
  );
}

function isArn(codes: readonly number[]): boolean {
  return ARN.every((code, index) => codes[index] === code);
}

/** Follows all ways to match at once: pattern length times text length at worst. */
function simulate(
  codes: readonly number[],
  text: string,
  /** Where the text has a character that stands for its unknown part. */
  hole = -1,
): boolean {
  let states = closure(codes, new Set([0]));
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charCodeAt(index);
    const next = new Set<number>();
    for (const state of states) {
      const code = codes[state];
      // There may be colons in a part that is not known.
      const isStopped =
        (character === COLON || index === hole) &&
        code < 0 &&
        isBound(codes, code, state);
      if (
        (code === character && index !== hole) ||
        (code === ANY && !isStopped)
      ) {
        next.add(state + 1);
      } else if (code === STAR && !isStopped) {
        next.add(state);
      }
    }
    states = closure(codes, next);
  }
  return states.has(codes.length);
}

function closure(codes: readonly number[], states: Set<number>): Set<number> {
  for (const state of states) {
    if (codes[state] === STAR) {
      states.add(state + 1);
    }
  }
  return states;
}
