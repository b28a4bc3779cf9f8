import { RequestContext } from '../facts/RequestContext';
import {
  AuthPolicyAttachment,
  DecideOptions,
  LayerResult,
  UnreadableLayer,
  VerdictOutcome,
} from '../types';
import { CompiledPolicy } from './CompiledPolicy';
import { compilePolicy } from './compilePolicy';
import { combineLayers } from './combineLayers';
import { decideLimits } from './decideLimits';
import { evaluateDocuments } from './evaluateDocuments';
import { isEnforced } from './isEnforced';
import { openIdentityRule } from './openIdentityRule';

/**
 * The outcome that `decide` gives, without a word of why, in a fraction of the time: for
 * holding many recorded calls against a policy.
 *
 * @public
 */
export function decideOutcome(options: DecideOptions): VerdictOutcome {
  const { network, service } = options;
  const context = RequestContext.create(options.request, options.limits);
  return combineLayers([
    { result: evaluateAttachment(network, context) },
    { result: evaluateAttachment(service, context) },
    { result: evaluateIdentity(options, context) },
    ...(options.limits ? decideLimits(options, context) : []),
  ]);
}

function evaluateAttachment(
  attachment: AuthPolicyAttachment | UnreadableLayer,
  context: RequestContext,
): LayerResult {
  if ('unreadable' in attachment) {
    return 'unknown';
  }
  const { authType, policy } = attachment;
  if (authType === 'NONE') {
    return 'not-enforced';
  }
  return policy === undefined || policy === null
    ? 'implicitly-denied'
    : evaluateDocuments([compilePolicy(policy)], context).result;
}

function evaluateIdentity(
  { identity, network, service }: DecideOptions,
  context: RequestContext,
): LayerResult {
  if (context.caller.kind === 'anonymous') {
    return 'not-applicable';
  }
  if (!identity || 'unreadable' in identity) {
    return 'unknown';
  }
  const policies: CompiledPolicy[] = [];
  for (const policy of identity.policies) {
    policies.push(compilePolicy(policy, { kind: 'identity' }));
  }
  const { result, isAllowSure } = evaluateDocuments(policies, context);
  return openIdentityRule({
    result,
    isAllowSure,
    isEnforced: isEnforced(network) || isEnforced(service),
    context,
  })
    ? 'unknown'
    : result;
}
