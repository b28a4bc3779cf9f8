import { RequestContext } from '../facts/RequestContext';
import {
  AuthPolicyAttachment,
  DecideOptions,
  Layer,
  LayerResult,
  OpenRequest,
  UnreadableLayer,
} from '../types';
import { CompiledPolicy } from './CompiledPolicy';
import { compilePolicy } from './compilePolicy';
import { evaluateDocuments } from './evaluateDocuments';
import { isEnforced } from './isEnforced';
import { openIdentityRule } from './openIdentityRule';

/**
 * What each layer says of a call, as in the rows of `decide`, without a word of why.
 *
 * @remarks
 * `limits` are left aside: they are no layers.
 *
 * @public
 */
export function decideResults(
  options: DecideOptions<OpenRequest>,
): Record<Layer, LayerResult> {
  return resultsFor(
    options,
    RequestContext.create(options.request, options.limits),
  );
}

/** The same for a request that was looked at before. */
export function resultsFor(
  options: DecideOptions<OpenRequest>,
  context: RequestContext,
): Record<Layer, LayerResult> {
  return {
    network: evaluateAttachment(options.network, context),
    service: evaluateAttachment(options.service, context),
    identity: evaluateIdentity(options, context),
  };
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
  { identity, network, service }: DecideOptions<OpenRequest>,
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
