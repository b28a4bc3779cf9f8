import { RequestContext } from '../facts/RequestContext';
import { AuthPolicyAttachment, LayerVerdict, UnreadableLayer } from '../types';
import { compilePolicy } from './compilePolicy';
import { decideDocuments } from './decideDocuments';
import { layerCode } from './layerCode';
import { layerMessage } from './layerMessages';

/**
 * The row of a service network or a service.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html#auth-policies-evaluation-logic
 */
export function decideAttachment(options: {
  layer: 'network' | 'service';
  attachment: AuthPolicyAttachment | UnreadableLayer;
  context: RequestContext;
}): LayerVerdict {
  const { layer, attachment, context } = options;
  const what = layer === 'network' ? 'service network' : 'service';
  if ('unreadable' in attachment) {
    return unreadable({ layer, what, reason: attachment.unreadable });
  }
  const { authType, policy } = attachment;
  if (authType === 'NONE') {
    return {
      layer,
      result: 'not-enforced',
      code: 'not-enforced',
      nearest: [],
      unknown: [],
      message: `The ${what} does not enforce authorization (auth type NONE).`,
    };
  }
  if (policy === undefined || policy === null) {
    return {
      layer,
      result: 'implicitly-denied',
      code: 'no-policy',
      nearest: [],
      unknown: [],
      message: `The ${what} enforces authorization (auth type AWS_IAM) but has no auth policy, which denies every call.`,
    };
  }
  const compiled = compilePolicy(policy);
  const decided = decideDocuments([compiled], context);
  const verdict = {
    layer,
    ...decided,
    code: layerCode({
      result: decided.result,
      hasProblems: compiled.problems.length > 0,
    }),
  };
  return { ...verdict, message: layerMessage(verdict) };
}

/** The row of a layer that could not be read. */
export function unreadable(options: {
  layer: LayerVerdict['layer'];
  what: string;
  reason: string;
}): LayerVerdict {
  const { layer, what, reason } = options;
  return {
    layer,
    result: 'unknown',
    code: 'not-readable',
    nearest: [],
    unknown: [`${layer}: ${reason}`],
    message: `The policy of the ${what} could not be read: ${reason}`,
  };
}
