import { RequestContext } from '../facts/RequestContext';
import { DecideOptions, LayerVerdict } from '../types';
import { compilePolicy } from './compilePolicy';
import { unreadable } from './decideAttachment';
import { explainDocuments } from './decideDocuments';
import { evaluateDocuments } from './evaluateDocuments';
import { layerCode } from './layerCode';
import { layerMessage } from './layerMessages';
import { openIdentityRule } from './openIdentityRule';

/**
 * The row of the caller's identity-based policies. VPC Lattice wants an allow here too,
 * even within one account.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html#auth-policies-evaluation-logic
 */
export function decideIdentity(options: {
  identity: DecideOptions['identity'];
  /** Whether network or service are known to enforce authorization. */
  isEnforced: boolean;
  context: RequestContext;
}): LayerVerdict {
  const { identity, isEnforced, context } = options;
  const layer = 'identity';
  if (context.caller.kind === 'anonymous') {
    return {
      layer,
      result: 'not-applicable',
      code: 'not-for-anonymous-callers',
      nearest: [],
      unknown: [],
      message: 'Anonymous callers have no identity-based policies.',
    };
  }
  if (!identity) {
    return {
      layer,
      result: 'unknown',
      code: 'not-known',
      nearest: [],
      unknown: ["identity: the caller's identity-based policies are not known"],
      message: "The caller's identity-based policies are not known.",
    };
  }
  if ('unreadable' in identity) {
    return unreadable({ layer, what: 'caller', reason: identity.unreadable });
  }
  const policies = identity.policies.map(policy =>
    compilePolicy(policy, { kind: 'identity' }),
  );
  const evaluation = evaluateDocuments(policies, context);
  const verdict = {
    layer,
    ...explainDocuments({
      evaluation,
      policies,
      context,
      openRule: openIdentityRule({ ...evaluation, isEnforced, context }),
    }),
  } as const;
  return {
    ...verdict,
    code: layerCode({
      result: verdict.result,
      hasProblems: policies.some(({ problems }) => problems.length > 0),
    }),
    message: layerMessage(verdict),
  };
}
