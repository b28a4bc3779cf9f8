import { KnownText, mapText } from '../match/PartialText';
import { Pattern, matchKnownText } from '../match/Pattern';
import { Template, parseTemplate } from '../match/Template';
import { compileTemplate } from '../match/compileTemplate';
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
  const { template } = parseTemplate(text, {
    wildcards: form === 'like',
    variables,
  });
  if (form === 'ignoreCase') {
    return ignoringCase({ template, ifExists });
  }
  const { match, fixed } = withMissing({ template, ifExists });
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
 * A template whose missing variable is open under `IfExists`, because AWS recommends
 * `IfExists` for missing variables and doesn't say what it does to a key that exists.
 */
export function withMissing(options: {
  template: Template;
  ifExists: boolean;
}): Pick<ReturnType<typeof compileTemplate>, 'match' | 'fixed'> {
  const expandable = compileTemplate(options.template);
  if (!options.ifExists || !options.template.dynamic) {
    return expandable;
  }
  return {
    match: matching => {
      if (expandable.isMissing(matching.context)) {
        matching.notes?.push(
          'open rule, a policy variable without value under IfExists is not documented',
        );
        return UNKNOWN;
      }
      return expandable.match(matching);
    },
  };
}

function ignoringCase(options: {
  template: Template;
  ifExists: boolean;
}): ValueTest {
  const { match } = withMissing(options);
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
