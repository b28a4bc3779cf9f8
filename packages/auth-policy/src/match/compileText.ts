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
  /**
   * Whether a variable lacks both value and default in this request, or may do so.
   *
   * @returns undefined if none does; else what that hangs on, empty if one surely does.
   */
  lacking(context: RequestContext): string[] | undefined;
}

type Filling =
  | { kind: 'known'; text: string }
  | { kind: 'missing' }
  | { kind: 'open'; reason: string; mayBeMissing: boolean };

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
    lacking: () => undefined,
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
  const canVanish = leavesSlashes(template);
  return {
    match: options =>
      matchDynamic({ ...options, template, fillings, canVanish }),
    lacking: context => lackingOf([...fillings.values()], context),
  };
}

function lackingOf(
  fillings: Array<(context: RequestContext) => Filling>,
  context: RequestContext,
): string[] | undefined {
  const reasons: string[] = [];
  for (const fill of fillings) {
    const filling = fill(context);
    if (filling.kind === 'missing') {
      return [];
    }
    if (filling.kind === 'open' && filling.mayBeMissing) {
      reasons.push(filling.reason);
    }
  }
  return reasons.length > 0 ? reasons : undefined;
}

type Fillings = Map<string, (context: RequestContext) => Filling>;

function matchDynamic(options: {
  template: Template;
  fillings: Fillings;
  /** See {@link leavesSlashes}. */
  canVanish: boolean;
  context: RequestContext;
  notes: Notes;
  match: (pattern: Pattern) => Truth;
}): Truth {
  const { template, fillings, canVanish, context, notes, match } = options;
  const values = new Map<string, Filling>();
  for (const [name, fill] of fillings) {
    values.set(name, fill(context));
  }
  const known = [...values.values()];
  if (known.some(({ kind }) => kind === 'missing')) {
    return FALSE;
  }
  const fillWith = (wildcards: boolean, empty?: ReadonlySet<string>) =>
    match(
      fillTemplate(template, variable => {
        const name = nameOf(variable);
        const filling = values.get(name)!;
        if (filling.kind === 'known') {
          return { text: filling.text, wildcards };
        }
        return empty?.has(name) ? { text: '', wildcards } : undefined;
      }),
    );
  const open = known.filter(filling => filling.kind === 'open');
  if (open.length > 0) {
    const names = [...values.keys()].filter(
      name => values.get(name)!.kind === 'open',
    );
    if (
      fillWith(true) === FALSE &&
      !(
        canVanish &&
        choicesOf(names).some(each => fillWith(true, each) !== FALSE)
      )
    ) {
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

/**
 * Whether variables that are empty leave slashes together or at the end. A path is also
 * read without those, which "any text" in the place of a variable doesn't show.
 */
function leavesSlashes({ pieces }: Template): boolean {
  const rest = pieces.map(piece => (piece.kind === 'text' ? piece.text : ''));
  return /\/\/|\/$/.test(rest.join(''));
}

/** More variables than that in one value are tried one by one and together. */
const MAX_CHOSEN = 4;

/** Which of some variables may be empty: every choice of at least one. */
function choicesOf(names: string[]): Array<ReadonlySet<string>> {
  if (names.length > MAX_CHOSEN) {
    return [...names.map(name => new Set([name])), new Set(names)];
  }
  return names
    .reduce<string[][]>(
      (choices, name) => [
        ...choices,
        ...choices.map(choice => [...choice, name]),
      ],
      [[]],
    )
    .slice(1)
    .map(choice => new Set(choice));
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
    mayBeMissing: false,
  };
  return context => {
    const fact = key.lookup(context);
    if (fact instanceof UnknownFact) {
      return {
        kind: 'open',
        reason: fact.reason,
        mayBeMissing: !fact.present && fallback === undefined,
      };
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
