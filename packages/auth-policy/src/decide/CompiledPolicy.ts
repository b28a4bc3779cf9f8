import { BoundedMap } from '../BoundedMap';
import { CallerIdentity } from '../facts/CallerIdentity';
import { RequestContext } from '../facts/RequestContext';
import { FALSE } from '../match/Truth';
import { Policy, PolicyKind } from '../parse/Policy';
import { parsePolicy } from '../parse/parsePolicy';
import { PolicyProblem } from '../types';
import { Candidate, Candidates } from './Candidates';
import { CompiledStatement } from './CompiledStatement';

/** Callers whose candidates a policy remembers. */
const MAX_CALLERS = 1000;

/**
 * A policy document made ready for many decisions. Give it to `decide` in the place of
 * the document.
 *
 * @public
 */
export class CompiledPolicy {
  readonly kind: PolicyKind;
  /** What is wrong with the document; it is never evaluated if there is anything. */
  readonly problems: readonly PolicyProblem[];
  private readonly policy?: Policy;
  private lazyStatements?: readonly CompiledStatement[];
  private readonly candidatesOf = BoundedMap.create<CallerIdentity, Candidates>(
    MAX_CALLERS,
  );

  private readonly lists = BoundedMap.create<string, Candidates>(MAX_CALLERS);

  private constructor(
    kind: PolicyKind,
    problems: readonly PolicyProblem[],
    policy?: Policy,
  ) {
    this.kind = kind;
    this.problems = problems;
    this.policy = policy;
  }

  /** @internal */
  static create(source: unknown, kind: PolicyKind): CompiledPolicy {
    const parsed = parsePolicy(source, { kind });
    return parsed.ok
      ? new CompiledPolicy(kind, [], parsed.policy)
      : new CompiledPolicy(kind, parsed.problems);
  }

  /** Does now what the first decision would do otherwise. */
  prepare(): this {
    this.lazyStatements ??= this.policy ? compile(this.policy) : [];
    return this;
  }

  /** @internal */
  get statements(): readonly CompiledStatement[] {
    return this.prepare().lazyStatements!;
  }

  /**
   * The statements for the caller that may cover the call, in the order of the document.
   *
   * @internal
   */
  candidates(context: RequestContext): readonly Candidate[] {
    return this.candidatesFor(context).forCall(context);
  }

  /** A caller mostly comes back, so what is for it is remembered. */
  private candidatesFor(context: RequestContext): Candidates {
    // What hangs on the caller alone, as it mostly does.
    const isUsual = context.transport === 'http' && !context.hasBoundary;
    const known = isUsual && this.candidatesOf.get(context.caller);
    if (known) {
      return known;
    }
    const candidates: Candidate[] = [];
    let signature = '';
    for (const compiled of this.statements) {
      const truth = compiled.matchCaller(context);
      signature += truth;
      if (truth !== FALSE) {
        candidates.push({ compiled, truth });
      }
    }
    // The many sessions of one role have one list between them.
    const shared = this.lists.get(signature) ?? Candidates.create(candidates);
    this.lists.set(signature, shared);
    if (isUsual) {
      this.candidatesOf.set(context.caller, shared);
    }
    return shared;
  }
}

function compile(policy: Policy): CompiledStatement[] {
  return policy.statements.map(statement =>
    CompiledStatement.create(statement, policy),
  );
}
