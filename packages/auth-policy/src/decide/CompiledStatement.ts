import {
  CompiledCondition,
  compileCondition,
  matchCondition,
} from '../conditions/compileCondition';
import { Explainer, compileExplainer } from '../explain/explainElement';
import { Notes } from '../facts/Fact';
import { RequestContext } from '../facts/RequestContext';
import { compileAction } from '../match/compileAction';
import { compilePrincipal } from '../match/compilePrincipal';
import { ResourceArea } from '../match/ResourceArea';
import { compileResource } from '../match/compileResource';
import { FALSE, TRUE, Truth, UNKNOWN, and } from '../match/Truth';
import { Policy, Statement } from '../parse/Policy';

type Matcher = (context: RequestContext, notes: Notes) => Truth;

/** One element of a statement that can be held against requests. */
export interface CompiledElement {
  name: 'Principal' | 'Action' | 'Resource' | 'Condition';
  match: Matcher;
  /** For `Condition`. */
  condition?: CompiledCondition;
}

/** A statement ready to be held against requests. */
export class CompiledStatement {
  readonly statement: Statement;
  readonly isDeny: boolean;
  /** In the order in which explanations name them. */
  readonly elements: readonly CompiledElement[];
  /** For a call whose path has one reading: where it must go. Undefined: anywhere. */
  readonly areas?: readonly ResourceArea[];
  private readonly principal: Matcher;
  private readonly action: Matcher;
  /** Resource and conditions, cheap and selective first. */
  private readonly matchers: readonly Matcher[];
  private lazyExplainers?: readonly Explainer[] = undefined;

  private constructor(
    statement: Statement,
    elements: CompiledElement[],
    areas?: readonly ResourceArea[],
  ) {
    const [principal, action, ...rest] = elements;
    this.statement = statement;
    this.areas = areas;
    this.isDeny = statement.effect === 'Deny';
    this.elements = elements;
    this.principal = principal.match;
    this.action = action.match;
    this.matchers = rest.map(({ match }) => match);
  }

  static create(statement: Statement, policy: Policy): CompiledStatement {
    const variables = policy.version === '2012-10-17';
    const resource = compileResource({
      element: statement.resource,
      kind: policy.kind,
      variables,
    });
    const { principal: named } = statement;
    const principal: Matcher = named
      ? unlessEmpty(
          {
            name: 'Principal',
            negated: named.negated,
            patterns: named.entries,
          },
          compilePrincipal(named),
        )
      : () => TRUE;
    return new CompiledStatement(
      statement,
      [
        { name: 'Principal', match: principal },
        { name: 'Action', match: matchAction(statement) },
        {
          name: 'Resource',
          match: unlessEmpty(
            { name: 'Resource', ...statement.resource },
            resource.match,
          ),
        },
        ...compileConditions(statement, variables),
      ],
      resource.areas,
    );
  }

  /** Beside each element, what says why it fails. */
  get explainers(): readonly Explainer[] {
    this.lazyExplainers ??= this.elements.map(element =>
      compileExplainer(element, this.statement),
    );
    return this.lazyExplainers;
  }

  /** Whether the statement is for the caller and the kind of call. */
  matchCaller(context: RequestContext): Truth {
    const truth = this.action(context, undefined);
    return truth === FALSE
      ? FALSE
      : and(truth, this.principal(context, undefined));
  }

  /** Whether what {@link CompiledStatement.matchCaller} leaves out applies as well. */
  matchCall(context: RequestContext): Truth {
    let truth: Truth = TRUE;
    for (const match of this.matchers) {
      truth = and(truth, match(context, undefined));
      if (truth === FALSE) {
        return FALSE;
      }
    }
    return truth;
  }

  /** What it hangs on whether the statement applies. */
  openReasons(context: RequestContext): string[] {
    const reasons: string[] = [];
    for (const { match } of this.elements) {
      const notes: string[] = [];
      if (match(context, notes) === UNKNOWN) {
        reasons.push(...notes);
      }
    }
    return reasons;
  }
}

/**
 * An element that lists nothing makes its statement have no effect. Of the `Not…` form
 * that isn't documented: it might as well be for everything.
 */
function unlessEmpty(
  element: { name: string; negated: boolean; patterns: readonly unknown[] },
  match: Matcher,
): Matcher {
  if (element.patterns.length > 0) {
    return match;
  }
  if (!element.negated) {
    return () => FALSE;
  }
  return (_context, notes) => {
    notes?.push(
      `Not${element.name}: open rule, an empty list is not documented`,
    );
    return UNKNOWN;
  };
}

function matchAction({ action }: Statement): Matcher {
  const compiled = compileAction(action);
  return unlessEmpty({ name: 'Action', ...action }, ({ transport }, notes) => {
    const { truth, reasons } = compiled[transport];
    notes?.push(...reasons);
    return truth;
  });
}

function compileConditions(
  { conditions }: Statement,
  variables: boolean,
): CompiledElement[] {
  if (conditions?.length === 0) {
    const match: Matcher = (_context, notes) => {
      notes?.push(
        'Condition: open rule, what a Condition without content does is not documented clearly',
      );
      return UNKNOWN;
    };
    return [{ name: 'Condition', match }];
  }
  return (conditions ?? []).map(element => {
    const condition = compileCondition({ element, variables });
    return {
      name: 'Condition',
      condition,
      match: (context, notes) => matchCondition(condition, context, notes),
    };
  });
}
