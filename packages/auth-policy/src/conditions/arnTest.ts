import { printText, KnownText } from '../match/PartialText';
import { Pattern, STAR, matchKnownText } from '../match/Pattern';
import { compileText } from '../match/compileText';
import { FALSE, Truth, TRUE, UNKNOWN, and } from '../match/Truth';
import { Notes } from '../facts/Fact';
import { ValueTest, ValueTestOptions } from './ValueTest';
import { withMissing } from './stringTest';
import { unparsed } from './unparsed';

const COLON = 58;
const PARTS = 6;

/**
 * `ArnEquals` and `ArnLike`, which are the same: the six parts of an ARN are compared
 * one by one, each with wildcards of its own.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function arnTest(options: ValueTestOptions): ValueTest {
  const { text, variables, ifExists, negated } = options;
  const { match, fixed } = withMissing({
    expandable: compileText(text, { wildcards: true, variables }),
    ifExists,
  });
  if (fixed) {
    return (value, _context, notes) =>
      matchArn({ pattern: fixed, value, negated, notes });
  }
  return (value, context, notes) =>
    match({
      context,
      notes,
      match: pattern => matchArn({ pattern, value, negated, notes }),
    });
}

function matchArn(options: {
  pattern: Pattern;
  value: KnownText;
  negated: boolean;
  notes: Notes;
}): Truth {
  const { pattern, value, negated, notes } = options;
  const { derived } = pattern;
  derived.arnParts ??= splitPattern(pattern);
  const patterns = derived.arnParts;
  const isShort = patterns.length < PARTS;
  const endsOpen = pattern.codes[pattern.codes.length - 1] === STAR;
  const parts = splitValue(value);
  if (!parts) {
    if (mayBeArn(value)) {
      return isShort && !endsOpen && !negated ? FALSE : UNKNOWN;
    }
    return unparsed({ value: printText(value), what: 'ARN', negated, notes });
  }
  if (isShort) {
    if (endsOpen && matchKnownText(pattern, value) !== FALSE) {
      notes?.push(
        'open rule, whether a "*" at the end of an ARN pattern reaches over the missing parts is not documented',
      );
      return UNKNOWN;
    }
    return FALSE;
  }
  let truth: Truth = TRUE;
  for (const [index, part] of patterns.entries()) {
    truth = and(truth, matchKnownText(part, parts[index]));
    if (truth === FALSE) {
      return FALSE;
    }
  }
  return truth;
}

/** The first five colons part an ARN; the resource may hold more of them. */
function splitPattern({ codes }: Pattern): Pattern[] {
  const parts: Pattern[] = [];
  let rest = codes;
  while (parts.length < PARTS - 1) {
    const colon = rest.indexOf(COLON);
    if (colon === -1) {
      break;
    }
    parts.push(Pattern.fromCodes(rest.slice(0, colon)));
    rest = rest.slice(colon + 1);
  }
  return [...parts, Pattern.fromCodes(rest)];
}

/** Whether too little is known of a value to say that it is no ARN. */
function mayBeArn(value: KnownText): boolean {
  return (
    typeof value !== 'string' &&
    (value.before.startsWith('arn:') || 'arn:'.startsWith(value.before))
  );
}

let lastValue: string | undefined;
let lastParts: KnownText[] | undefined;

/** One request's ARN is held against many patterns in a row. */
function splitValue(value: KnownText): KnownText[] | undefined {
  if (typeof value !== 'string') {
    return split(value);
  }
  if (value !== lastValue) {
    lastParts = split(value);
    lastValue = value;
  }
  return lastParts;
}

function split(value: KnownText): KnownText[] | undefined {
  const text = typeof value === 'string' ? value : value.before;
  const parts = text.split(':');
  if (parts[0] !== 'arn' || parts.length < PARTS) {
    return undefined;
  }
  const resource = parts.slice(PARTS - 1).join(':');
  return [
    ...parts.slice(0, PARTS - 1),
    typeof value === 'string'
      ? resource
      : { before: resource, after: value.after },
  ];
}
