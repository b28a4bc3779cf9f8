import type { LatticeEvent, LatticeResult } from './events.ts';

const serviceName = process.env.SERVICE_NAME ?? '${{ values.name }}';

/**
 * Answers a request.
 *
 * Who calls stands in the request context, put there by VPC Lattice after it verified the signature: headers are the
 * caller's own words and prove nothing. The auth policy has let the caller in already; the check here holds should the
 * policy ever be lost.
 */
export async function handler(event: LatticeEvent): Promise<LatticeResult> {
  const identity = event.requestContext?.identity ?? {};
  if (!identity.principal) {
    return answer(401, { message: 'Requests must be signed' });
  }
  console.log(
    JSON.stringify({
      message: 'request',
      method: event.method,
      path: event.path,
      principal: identity.principal,
    }),
  );
  return answer(200, {
    service: serviceName,
    message: `Hello from ${serviceName}`,
    request: { method: event.method, path: event.path },
    caller: {
      principal: identity.principal,
      sessionName: identity.sessionName,
      organization: identity.principalOrgID,
      sourceVpc: identity.sourceVpcArn,
    },
  });
}

function answer(statusCode: number, body: unknown): LatticeResult {
  return {
    statusCode,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    isBase64Encoded: false,
  };
}
