import { decide } from '../decide/decide';
import { PolicyKind } from '../parse/Policy';
import { AuthorizationRequest, LayerResult, LayerVerdict } from '../types';

const ALLOW_ALL =
  '{"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}';
const IDENTITY_ALL =
  '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}';

/** What one policy says of a request, whatever the others say. */
export function decideOne(options: {
  policy: unknown;
  request: AuthorizationRequest;
  kind: PolicyKind;
}): LayerVerdict {
  const { policy, request, kind } = options;
  const isIdentity = kind === 'identity';
  const { layers } = decide({
    request,
    network: { authType: 'NONE' },
    service: { authType: 'AWS_IAM', policy: isIdentity ? ALLOW_ALL : policy },
    identity: { policies: [isIdentity ? policy : IDENTITY_ALL] },
  });
  const wanted = isIdentity ? 'identity' : 'service';
  return layers.find(({ layer }) => layer === wanted)!;
}

/** Whether a policy allows a request or may do so. */
export function isPossible(result: LayerResult): boolean {
  return result === 'allowed' || result === 'unknown';
}
