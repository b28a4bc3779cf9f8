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
  return (
    !text.includes(':', head.length) ||
    matchesPartByPart(pattern, text) ||
    simulate(codes, text)
  );
}

/** Whether a pattern matches with no wildcard reaching over a colon: a proof, if not the only one. */
function matchesPartByPart(pattern: Pattern, text: string): boolean {
  const { codes, derived } = pattern;
  derived.colonParts ??= colonPartsOf(codes);
  const patterns = derived.colonParts;
  const parts = splitText(text);
  if (parts.length !== patterns.length) {
    return false;
  }
  for (let index = 0; index < parts.length; index += 1) {
    if (!patterns[index].matches(parts[index])) {
      return false;
    }
  }
  return true;
}

function colonPartsOf(codes: readonly number[]): Pattern[] {
  const parts: Pattern[] = [];
  let start = 0;
  for (let index = 0; index <= codes.length; index += 1) {
    if (index === codes.length || codes[index] === COLON) {
      parts.push(Pattern.fromCodes(codes.slice(start, index)));
      start = index + 1;
    }
  }
  return parts;
}

let lastText: string | undefined;
let lastParts: readonly string[] = [];

/** One request's resource is held against many patterns in a row. */
function splitText(text: string): readonly string[] {
  if (text !== lastText) {
    lastParts = text.split(':');
    lastText = text;
  }
  return lastParts;
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

/**
 * Follows all ways to match at once: pattern length times text length at worst.
 *
 * @param hole - where the text has a character that stands for its unknown part
 */
function simulate(codes: readonly number[], text: string, hole = -1): boolean {
  /** Places in the pattern, each once and in ascending order. */
  let states: number[] = [];
  let next: number[] = [];
  enter(states, codes, 0);
  for (let index = 0; index < text.length && states.length > 0; index += 1) {
    const character = text.charCodeAt(index);
    const isHole = index === hole;
    next.length = 0;
    for (const state of states) {
      const code = codes[state];
      // There may be colons in a part that is not known.
      const isStopped =
        (character === COLON || isHole) &&
        code < 0 &&
        isBound(codes, code, state);
      if ((code === character && !isHole) || (code === ANY && !isStopped)) {
        enter(next, codes, state + 1);
      } else if (code === STAR && !isStopped) {
        enter(next, codes, state);
      }
    }
    [states, next] = [next, states];
  }
  return states[states.length - 1] === codes.length;
}

/** Adds a place, and what is reached from there without a character. */
function enter(
  states: number[],
  codes: readonly number[],
  place: number,
): void {
  let state = place;
  // What is entered later lies further on, so only the last ones can be there already.
  while (state > (states[states.length - 1] ?? -1)) {
    states.push(state);
    if (codes[state] !== STAR) {
      return;
    }
    state += 1;
  }
}
