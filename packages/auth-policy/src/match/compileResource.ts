import { Notes } from '../facts/Fact';
import { RequestContext } from '../facts/RequestContext';
import { PatternElement, PolicyKind } from '../parse/Policy';
import { AnchoredPattern } from './AnchoredPattern';
import { KnownText } from './PartialText';
import { ResourceArea } from './ResourceArea';
import { Pattern, matchKnownText } from './Pattern';
import { FALSE, TRUE, Truth, UNKNOWN, agree, not, or } from './Truth';
import { looseText } from './looseText';
import { parseTemplate } from './Template';
import { compileText } from './compileText';
import { hasUnsupportedWildcard, matchesWithinParts } from './resourceParts';

type Matcher = (context: RequestContext, notes: Notes) => Truth;

/** `Resource` or `NotResource`, or one of its patterns, ready for matching. */
export interface CompiledResource {
  match: Matcher;
  /** For a call whose path has one reading: where it must go to match. Undefined: anywhere. */
  areas?: readonly ResourceArea[];
}

/**
 * `Resource` and `NotResource` against the service ARN with the request's path.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html
 */
export function compileResource(options: {
  element: PatternElement;
  kind: PolicyKind;
  variables: boolean;
}): CompiledResource {
  const { element, kind, variables } = options;
  const entries = element.patterns.map(text =>
    compileEntry({ text, kind, variables }),
  );
  if (entries.length === 1 && !element.negated) {
    return entries[0];
  }
  return {
    match: (context, notes) => {
      let truth: Truth = FALSE;
      for (const entry of entries) {
        truth = or(truth, entry.match(context, notes));
        if (truth === TRUE) {
          break;
        }
      }
      return element.negated ? not(truth) : truth;
    },
    areas: element.negated ? undefined : areasOf(entries),
  };
}

function areasOf(
  entries: readonly CompiledResource[],
): readonly ResourceArea[] | undefined {
  const areas: ResourceArea[] = [];
  for (const entry of entries) {
    if (!entry.areas) {
      return undefined;
    }
    areas.push(...entry.areas);
  }
  return areas;
}

function compileEntry(options: {
  text: string;
  kind: PolicyKind;
  variables: boolean;
}): CompiledResource {
  const { kind, variables } = options;
  const text = kind === 'identity' ? completeArn(options.text) : options.text;
  const expandable = compileText(text, { wildcards: true, variables });
  const { fixed } = expandable;
  if (fixed) {
    return compileFixed(fixed, text);
  }
  const misplaced = !hasVariablesInResourceOnly(text);
  return {
    match: (context, notes) =>
      expandable.match({
        context,
        notes,
        match: pattern => {
          const truth = matchResource({ pattern, text, context, notes });
          if (misplaced && truth !== FALSE) {
            notes?.push(
              `Resource ${text}: open rule, a policy variable before the fifth colon is not documented`,
            );
            return UNKNOWN;
          }
          return truth;
        },
      }),
  };
}

/** Identity policies may leave out the last parts of an ARN; auth policies may not. */
function completeArn(text: string): string {
  const missing = 6 - text.split(':').length;
  return text.startsWith('arn:') && missing > 0
    ? `${text}${':*'.repeat(missing)}`
    : text;
}

/** Whether no variable stands before the fifth colon. */
function hasVariablesInResourceOnly(text: string): boolean {
  const { pieces } = parseTemplate(text, {
    wildcards: true,
    variables: true,
  }).template;
  let colons = 0;
  for (const piece of pieces) {
    if (piece.kind === 'variable') {
      return colons >= 5;
    }
    colons += piece.text.split(':').length - 1;
  }
  return true;
}

/** Patterns without variables, the common ones without detours. */
function compileFixed(pattern: Pattern, text: string): CompiledResource {
  if (pattern.source === '*') {
    return { match: () => TRUE };
  }
  const anchored = AnchoredPattern.create(pattern);
  if (!anchored) {
    return {
      match: (context, notes) =>
        matchResource({ pattern, text, context, notes }),
    };
  }
  const { area } = anchored;
  return {
    match: (context, notes) =>
      !notes && context.onlyPath !== undefined
        ? anchored.match(context, context.onlyPath)
        : matchResource({ pattern, text, context, notes }),
    areas: area && [area],
  };
}

interface MatchOptions {
  pattern: Pattern;
  text: string;
  context: RequestContext;
  notes: Notes;
}

function matchResource(options: MatchOptions): Truth {
  const { pattern, text, context, notes } = options;
  let truth: Truth | undefined;
  // Whether it hangs on the path, and not on the pattern alone.
  let onPath = false;
  for (const resource of context.resources) {
    const before = notes?.length;
    const one = matchOne({ pattern, text, resource, notes });
    onPath ||=
      (truth !== undefined && truth !== one) ||
      (one === UNKNOWN && notes?.length === before);
    truth = truth === undefined ? one : agree(truth, one);
  }
  truth ??= UNKNOWN;
  if (truth === UNKNOWN && onPath) {
    if (!context.isHttp) {
      notes?.push(
        'Resource: open rule, whether a call under TLS passthrough has a path is not documented',
      );
    } else if (!context.paths) {
      notes?.push('path: the path of the request is not known');
    } else if (context.paths.length > 1) {
      notes?.push(
        'path: open rule, whether VPC Lattice decodes percent signs or resolves dot segments',
      );
    }
  }
  return truth === FALSE ? matchLoosely(options) : truth;
}

function matchOne(options: {
  pattern: Pattern;
  text: string;
  resource: KnownText;
  notes: Notes;
}): Truth {
  const { pattern, text, resource, notes } = options;
  const truth = matchKnownText(pattern, resource);
  if (truth === FALSE || pattern.literal !== undefined) {
    return truth;
  }
  if (hasUnsupportedWildcard(pattern)) {
    notes?.push(
      `Resource ${text}: open rule, wildcards in the partition, service or resource type are not supported`,
    );
    return UNKNOWN;
  }
  if (truth === TRUE && !matchesWithinParts(pattern, resource)) {
    notes?.push(
      `Resource ${text}: open rule, whether a wildcard within a part of an ARN reaches over a colon`,
    );
    return UNKNOWN;
  }
  return truth;
}

/** Matches that AWS's pages neither give nor exclude. */
function matchLoosely(options: MatchOptions): Truth {
  const { pattern, text, context, notes } = options;
  if (pattern.matches(context.request.serviceArn)) {
    notes?.push(
      `Resource ${text}: open rule, whether the ARN of a service covers its paths`,
    );
    return UNKNOWN;
  }
  const { looseResource } = context;
  if (
    looseResource !== undefined &&
    looseText(pattern).matches(looseResource)
  ) {
    notes?.push(
      `Resource ${text}: open rule, whether case, repeated slashes and a slash at the end of a path count`,
    );
    return UNKNOWN;
  }
  return FALSE;
}
