import { resolveConditionKey } from '../facts/ConditionKey';
import { Notes, UnknownFact } from '../facts/Fact';
import { RequestContext } from '../facts/RequestContext';
import { Pattern } from './Pattern';
import { Template, fillTemplate, parseTemplate } from './Template';
import { FALSE, Truth, UNKNOWN, agree } from './Truth';

/** A value of a policy that can be held against a request. */
export interface ExpandableText {
  /** The only pattern, if there is no variable. */
  fixed?: Pattern;
  /**
   * @param match - holds one filled-in pattern against the request.
   * @returns what all readings of the variables agree on. A variable without value and
   * default makes it false.
   */
  match(options: {
    context: RequestContext;
    notes: Notes;
    match: (pattern: Pattern) => Truth;
  }): Truth;
  /** Whether a variable lacks both value and default in this request. */
  isMissing(context: RequestContext): boolean;
}

type Filling =
  | { kind: 'known'; text: string }
  | { kind: 'missing' }
  | { kind: 'open'; reason: string };

/** Makes a value of a policy ready, most of which have no variables. */
export function compileText(
  text: string,
  options: { wildcards: boolean; variables: boolean },
): ExpandableText {
  return options.variables && text.includes('${')
    ? compileTemplate(parseTemplate(text, options).template)
    : fixedText(Pattern.fromText(text, options.wildcards));
}

function fixedText(fixed: Pattern): ExpandableText {
  return {
    fixed,
    match: ({ match }) => match(fixed),
    isMissing: () => false,
  };
}

/**
 * Makes a template ready to be filled in request by request.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
function compileTemplate(template: Template): ExpandableText {
  if (!template.dynamic) {
    return fixedText(fillTemplate(template, () => undefined));
  }
  const fillings = compileFillings(template);
  return {
    match: options => matchDynamic({ ...options, template, fillings }),
    isMissing: context =>
      [...fillings.values()].some(fill => fill(context).kind === 'missing'),
  };
}

type Fillings = Map<string, (context: RequestContext) => Filling>;

function matchDynamic(options: {
  template: Template;
  fillings: Fillings;
  context: RequestContext;
  notes: Notes;
  match: (pattern: Pattern) => Truth;
}): Truth {
  const { template, fillings, context, notes, match } = options;
  const values = new Map<string, Filling>();
  for (const [name, fill] of fillings) {
    values.set(name, fill(context));
  }
  const known = [...values.values()];
  if (known.some(({ kind }) => kind === 'missing')) {
    return FALSE;
  }
  const fillWith = (wildcards: boolean) =>
    match(
      fillTemplate(template, variable => {
        const filling = values.get(nameOf(variable))!;
        return filling.kind === 'known'
          ? { text: filling.text, wildcards }
          : undefined;
      }),
    );
  const open = known.filter(filling => filling.kind === 'open');
  if (open.length > 0) {
    const possible = fillWith(true);
    if (possible === FALSE) {
      return FALSE;
    }
    notes?.push(...open.map(({ reason }) => reason));
    return UNKNOWN;
  }
  const literal = fillWith(false);
  if (!known.some(hasWildcard)) {
    return literal;
  }
  const wild = fillWith(true);
  if (literal !== wild) {
    notes?.push(
      'open rule, whether a wildcard in the value of a policy variable counts as one is not documented',
    );
  }
  return agree(literal, wild);
}

function hasWildcard(filling: Filling): boolean {
  return filling.kind === 'known' && /[*?]/.test(filling.text);
}

function nameOf(variable: { key: string; fallback?: string }): string {
  return `${variable.key}\n${variable.fallback ?? ''}`;
}

function compileFillings(template: Template): Fillings {
  const fillings: Fillings = new Map();
  for (const piece of template.pieces) {
    if (piece.kind === 'variable') {
      fillings.set(nameOf(piece), compileVariable(piece));
    }
  }
  return fillings;
}

function compileVariable(variable: {
  key: string;
  fallback?: string;
}): (context: RequestContext) => Filling {
  const { key: name, fallback } = variable;
  const key = resolveConditionKey(name);
  const multivalued: Filling = {
    kind: 'open',
    reason: `${name}: open rule, a key with several values as a policy variable is not documented`,
  };
  return context => {
    const fact = key.lookup(context);
    if (fact instanceof UnknownFact) {
      return { kind: 'open', reason: fact.reason };
    }
    if (fact === undefined) {
      return fallback === undefined
        ? { kind: 'missing' }
        : { kind: 'known', text: fallback };
    }
    return typeof fact === 'string' && !key.multivalued
      ? { kind: 'known', text: fact }
      : multivalued;
  };
}
