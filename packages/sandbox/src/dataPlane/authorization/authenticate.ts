import { resolveCredentials } from '../../credentials/credentials';
import {
  isSigned,
  type SignedRequest,
  SignatureError,
  verifySignature,
} from '../../credentials/verifySignature';
import type { Estate } from '../../estate/Estate';
import type { DataPlaneCaller } from '../DataPlaneCall';

const CODES: Record<SignatureError['problem'], string> = {
  missing: 'MissingAuthenticationTokenException',
  incomplete: 'IncompleteSignatureException',
  'unknown-key': 'UnrecognizedClientException',
  'wrong-token': 'UnrecognizedClientException',
  'expired-token': 'ExpiredTokenException',
  'outside-time': 'InvalidSignatureException',
  'wrong-service': 'InvalidSignatureException',
  mismatch: 'InvalidSignatureException',
};

/**
 * Finds out who signed a request to a service.
 *
 * @remarks
 * A request without a signature is anonymous. A signed one must be authenticated even where a policy
 * would let it pass unsigned, and must say `x-amz-content-sha256: UNSIGNED-PAYLOAD`, as VPC Lattice
 * does not support signed payloads.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/sigv4-authenticated-requests.html
 */
export function authenticate(options: {
  estate: Estate;
  request: SignedRequest;
  /** Milliseconds since the epoch. */
  now: number;
}): DataPlaneCaller {
  const { estate, request, now } = options;
  if (!isSigned(request.headers)) {
    return { kind: 'anonymous' };
  }
  if (request.headers['x-amz-content-sha256'] === undefined) {
    return {
      kind: 'unauthenticated',
      code: 'IncompleteSignatureException',
      message: "Missing the 'x-amz-content-sha256' in canonical headers",
    };
  }
  if (request.headers['x-amz-content-sha256'] !== 'UNSIGNED-PAYLOAD') {
    return {
      kind: 'unauthenticated',
      code: 'InvalidSignatureException',
      message:
        "The 'x-amz-content-sha256' header must be UNSIGNED-PAYLOAD: payload signing is not supported",
    };
  }
  try {
    const { credentials } = verifySignature({
      request,
      resolve: accessKeyId => resolveCredentials({ estate, accessKeyId }),
      now,
      service: 'vpc-lattice-svcs',
    });
    return {
      kind: 'signed',
      principalArn: credentials.principalArn,
      accountId: credentials.accountId,
      roleArn: credentials.roleArn,
    };
  } catch (error) {
    if (error instanceof SignatureError) {
      const { problem, message } = error;
      return { kind: 'unauthenticated', code: CODES[problem], message };
    }
    throw error;
  }
}
