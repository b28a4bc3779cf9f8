import { RequestContext } from '../facts/RequestContext';
import { FALSE, TRUE, and } from '../match/Truth';
import { StatementReference } from '../types';
import { CompiledPolicy } from './CompiledPolicy';
import { CompiledStatement } from './CompiledStatement';

/** What all documents of a layer say together. */
export interface Evaluation {
  result:
    | 'allowed'
    | 'explicitly-denied'
    | 'implicitly-denied'
    | 'denied'
    | 'unknown';
  /** The statement that decided, for `allowed` and `explicitly-denied`. */
  statement?: StatementReference;
  /** For `unknown`: whether only denies are open. */
  isAllowSure: boolean;
}

/**
 * Decides by the documents of one layer: a deny that applies wins, then an allow that
 * applies, and else it is denied.
 *
 * @remarks
 * Not knowing whether a deny applies doesn't matter if no allow can apply. A document
 * with problems isn't evaluated: it might allow and might deny.
 *
 * This is where the time goes when many calls are decided, so it explains nothing.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function evaluateDocuments(
  policies: readonly CompiledPolicy[],
  context: RequestContext,
): Evaluation {
  let allow: CompiledStatement | undefined;
  let allowIndex = 0;
  let openAllow = false;
  let openDeny = false;
  for (let index = 0; index < policies.length; index += 1) {
    const policy = policies[index];
    if (policy.problems.length > 0) {
      openAllow = true;
      openDeny = true;
      continue;
    }
    for (const { compiled, truth: callerTruth } of policy.candidates(context)) {
      const { isDeny } = compiled;
      if (!isDeny && allow) {
        // Another allow changes nothing.
        continue;
      }
      const truth = and(callerTruth, compiled.matchCall(context));
      if (truth === FALSE) {
        continue;
      }
      if (truth !== TRUE) {
        openDeny ||= isDeny;
        openAllow ||= !isDeny;
      } else if (isDeny) {
        return {
          result: 'explicitly-denied',
          statement: refer({ compiled, policies, index }),
          isAllowSure: false,
        };
      } else {
        allow = compiled;
        allowIndex = index;
      }
    }
  }
  if (allow) {
    return openDeny
      ? { result: 'unknown', isAllowSure: true }
      : {
          result: 'allowed',
          statement: refer({ compiled: allow, policies, index: allowIndex }),
          isAllowSure: true,
        };
  }
  if (openAllow) {
    return { result: 'unknown', isAllowSure: false };
  }
  return {
    result: openDeny ? 'denied' : 'implicitly-denied',
    isAllowSure: false,
  };
}

function refer(options: {
  compiled: CompiledStatement;
  policies: readonly CompiledPolicy[];
  index: number;
}): StatementReference {
  const { compiled, policies, index } = options;
  const { statement } = compiled;
  const reference: StatementReference = { index: statement.index };
  if (statement.sid !== undefined) {
    reference.sid = statement.sid;
  }
  if (policies.length > 1) {
    reference.policyIndex = index;
  }
  return reference;
}
