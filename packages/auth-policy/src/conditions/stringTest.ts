import { KnownText, mapText } from '../match/PartialText';
import { Pattern, matchKnownText } from '../match/Pattern';
import { ExpandableText, compileText } from '../match/compileText';
import { TRUE, Truth, UNKNOWN } from '../match/Truth';
import { ValueTest, ValueTestOptions } from './ValueTest';

/**
 * `StringEquals`, `StringEqualsIgnoreCase` and `StringLike`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
 */
export function stringTest(
  options: ValueTestOptions & { form: 'equals' | 'ignoreCase' | 'like' },
): ValueTest {
  const { text, type, variables, ifExists, form } = options;
  if (type === 'number' && !/^-?(0|[1-9]\d*)$/.test(text)) {
    return (_value, _context, notes) => {
      notes?.push(
        `open rule, the text of the unquoted number ${text} is not documented`,
      );
      return UNKNOWN;
    };
  }
  const { match, fixed } = withMissing({
    expandable: compileText(text, { wildcards: form === 'like', variables }),
    ifExists,
  });
  if (form === 'ignoreCase') {
    return ignoringCase(match);
  }
  if (fixed) {
    return value => matchKnownText(fixed, value);
  }
  return (value, context, notes) =>
    match({
      context,
      notes,
      match: pattern => matchKnownText(pattern, value),
    });
}

/**
 * A value whose missing variable is open under `IfExists`, because AWS recommends
 * `IfExists` for missing variables and doesn't say what it does to a key that exists.
 */
export function withMissing(options: {
  expandable: ExpandableText;
  ifExists: boolean;
}): Pick<ExpandableText, 'match' | 'fixed'> {
  const { expandable, ifExists } = options;
  if (!ifExists || expandable.fixed) {
    return expandable;
  }
  return {
    match: matching => {
      const lacking = expandable.lacking(matching.context);
      if (lacking) {
        matching.notes?.push(
          ...lacking,
          'open rule, a policy variable without value under IfExists is not documented',
        );
        return UNKNOWN;
      }
      return expandable.match(matching);
    },
  };
}

function ignoringCase(match: ExpandableText['match']): ValueTest {
  return (value, context, notes) =>
    match({
      context,
      notes,
      match: pattern => {
        const truth = equalsIgnoringCase(pattern, value);
        if (truth === UNKNOWN && typeof value === 'string') {
          notes?.push(
            'open rule, how case is ignored beyond ASCII is not documented',
          );
        }
        return truth;
      },
    });
}

function equalsIgnoringCase(pattern: Pattern, value: KnownText): Truth {
  if (matchKnownText(pattern, value) === TRUE) {
    return TRUE;
  }
  const folded = matchKnownText(lowerCase(pattern), mapText(value, lower));
  if (folded !== TRUE || isAscii(pattern)) {
    return folded;
  }
  return UNKNOWN;
}

function lower(text: string): string {
  return text.toLowerCase();
}

function lowerCase(pattern: Pattern): Pattern {
  const { derived, literal } = pattern;
  derived.lower ??=
    literal === undefined ? pattern : Pattern.fromText(lower(literal), false);
  return derived.lower;
}

function isAscii({ codes }: Pattern): boolean {
  return codes.every(code => code < 128);
}
