import { KnownText } from './PartialText';
import { FALSE, TRUE, Truth, UNKNOWN, truthOf } from './Truth';

/** `*`: any text, also none. */
export const STAR = -1;
/** `?`: one character. */
export const ANY = -2;

/** Text as codes; `*` and `?` become wildcards if asked to. */
export function codesOf(text: string, wildcards: boolean): number[] {
  const codes: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (wildcards && code === 42) {
      codes.push(STAR);
    } else if (wildcards && code === 63) {
      codes.push(ANY);
    } else {
      codes.push(code);
    }
  }
  return codes;
}

/**
 * A pattern ready for matching.
 *
 * Most patterns are a literal, a beginning, or literals with `*` between: these are
 * compared as text, and the codes aren't even made unless something unusual wants them.
 */
export class Pattern {
  /** The whole pattern, if it has no wildcard. */
  readonly literal?: string;
  /** What is before the first wildcard. */
  readonly head: string;
  /** What is behind the last wildcard. */
  readonly tail: string;
  /** What is between the wildcards, if all of them are `*`. */
  readonly middles?: readonly string[];
  /** The pattern as written, if every `*` and `?` in it is a wildcard. */
  readonly source?: string;
  private lazyDerived?: DerivedForms;
  private lazyCodes?: readonly number[];

  private constructor(options: {
    literal?: string;
    head: string;
    tail: string;
    middles?: readonly string[];
    source?: string;
    codes?: readonly number[];
  }) {
    this.literal = options.literal;
    this.head = options.head;
    this.tail = options.tail;
    this.middles = options.middles;
    this.source = options.source;
    this.lazyCodes = options.codes;
    this.lazyDerived = undefined;
  }

  static fromText(text: string, wildcards: boolean): Pattern {
    const isOpen = wildcards && text.includes('?');
    if (!isOpen && !(wildcards && text.includes('*'))) {
      return new Pattern({ literal: text, head: text, tail: '', source: text });
    }
    if (isOpen) {
      return new Pattern({
        head: text.slice(0, text.search(/[*?]/)),
        tail: text.slice(
          Math.max(text.lastIndexOf('*'), text.lastIndexOf('?')) + 1,
        ),
        source: text,
      });
    }
    const literals = text.split('*');
    return new Pattern({
      head: literals[0],
      tail: literals[literals.length - 1],
      middles: literals.slice(1, -1).filter(literal => literal !== ''),
      source: text,
    });
  }

  static fromCodes(codes: readonly number[]): Pattern {
    const first = codes.findIndex(code => code < 0);
    if (first === -1) {
      const text = textOf(codes);
      return new Pattern({ literal: text, head: text, tail: '', codes });
    }
    const last = codes.reduce(
      (found, code, index) => (code < 0 ? index : found),
      first,
    );
    return new Pattern({
      head: textOf(codes.slice(0, first)),
      tail: textOf(codes.slice(last + 1)),
      middles: first === last && codes[first] === STAR ? [] : undefined,
      codes,
    });
  }

  /** Forms of the pattern that others work out on first use. */
  get derived(): DerivedForms {
    this.lazyDerived ??= {};
    return this.lazyDerived;
  }

  /** UTF-16 codes, {@link STAR} and {@link ANY}. */
  get codes(): readonly number[] {
    this.lazyCodes ??= codesOf(this.source ?? '', this.literal === undefined);
    return this.lazyCodes;
  }

  /** Whether the pattern matches a text. */
  matches(text: string): boolean {
    if (this.literal !== undefined) {
      return this.literal === text;
    }
    const { head, tail, middles } = this;
    const last = head.length - 1;
    if (
      text.length < head.length + tail.length ||
      // The last character tells most texts apart at once.
      (last >= 0 && text.charCodeAt(last) !== head.charCodeAt(last)) ||
      !text.startsWith(head) ||
      !text.endsWith(tail)
    ) {
      return false;
    }
    if (!middles) {
      return matchesCodes({ pattern: this.codes, text });
    }
    let position = head.length;
    for (const middle of middles) {
      const found = text.indexOf(middle, position);
      if (found === -1) {
        return false;
      }
      position = found + middle.length;
    }
    return position <= text.length - tail.length;
  }
}

/** See {@link Pattern.derived}. */
interface DerivedForms {
  /** See `looseText`. */
  loose?: Pattern;
  /** In lower case. */
  lower?: Pattern;
  /** See `arnTest`. */
  arnParts?: readonly Pattern[];
  /** See `resourceParts`. */
  unsupportedWildcard?: boolean;
  boundWildcard?: boolean;
  colonParts?: readonly Pattern[];
}

function textOf(codes: readonly number[]): string {
  let text = '';
  for (const code of codes) {
    text += String.fromCharCode(code);
  }
  return text;
}

/** Whether a pattern matches what is known of a text: surely, surely not, or perhaps. */
export function matchKnownText(pattern: Pattern, text: KnownText): Truth {
  if (typeof text === 'string') {
    return truthOf(pattern.matches(text));
  }
  const { before, after } = text;
  if (!before.startsWith(pattern.head) && !pattern.head.startsWith(before)) {
    return FALSE;
  }
  const isSure = matchesCodes({
    pattern: pattern.codes,
    text: `${before} ${after}`,
    hole: before.length,
  });
  if (isSure) {
    return TRUE;
  }
  if (before === '' && after === '') {
    // Some text matches every pattern.
    return UNKNOWN;
  }
  const language = [...codesOf(before, false), STAR, ...codesOf(after, false)];
  return overlap(pattern.codes, language) ? UNKNOWN : FALSE;
}

/**
 * Greedy matching that only ever returns to the last `*`: it takes pattern length times
 * text length at worst, and no pattern makes it explode.
 */
function matchesCodes(options: {
  pattern: readonly number[];
  text: string;
  /** Where the text has a character that stands for its unknown part. */
  hole?: number;
}): boolean {
  const { pattern, text, hole = -1 } = options;
  let position = 0;
  let index = 0;
  let star = -1;
  let restart = 0;
  while (index < text.length) {
    const code = position < pattern.length ? pattern[position] : undefined;
    const isMatch = code === ANY || code === text.charCodeAt(index);
    if (isMatch && index !== hole) {
      position += 1;
      index += 1;
    } else if (code === STAR) {
      star = position;
      restart = index;
      position += 1;
    } else if (star >= 0) {
      restart += 1;
      index = restart;
      position = star + 1;
    } else {
      return false;
    }
  }
  while (pattern[position] === STAR) {
    position += 1;
  }
  return position === pattern.length;
}

/** Whether any text matches both patterns. */
function overlap(left: readonly number[], right: readonly number[]): boolean {
  // row[j]: whether the part of `left` up to here and the first j of `right` overlap.
  let row = new Array<boolean>(right.length + 1).fill(false);
  for (let i = 0; i <= left.length; i += 1) {
    const next = new Array<boolean>(right.length + 1).fill(false);
    for (let j = 0; j <= right.length; j += 1) {
      if (i === 0 && j === 0) {
        next[j] = true;
        continue;
      }
      const one = left[i - 1];
      const other = right[j - 1];
      const up = i > 0 && row[j];
      const beside = j > 0 && next[j - 1];
      const across = i > 0 && j > 0 && row[j - 1];
      next[j] =
        (up && (one === STAR || (j > 0 && other === STAR))) ||
        (beside && (other === STAR || (i > 0 && one === STAR))) ||
        (across && (one === other || one < 0 || other < 0));
    }
    row = next;
  }
  return row[right.length];
}

export function compilePattern(codes: readonly number[]): Pattern {
  return Pattern.fromCodes(codes);
}

/** Whether a pattern matches a text. */
export function matchesText(pattern: Pattern, text: string): boolean {
  return pattern.matches(text);
}
