import type { Estate } from '../../estate/Estate';
import type {
  Listener,
  Service,
  ServiceNetwork,
  Vpc,
} from '../../estate/resources';
import type { DataPlaneCall } from '../DataPlaneCall';
import { type Authorization, authorize } from './authorize';
import { identityPoliciesOf } from './identityPoliciesOf';
import type { PolicyHistory } from './PolicyHistory';

/** What the check of a call's caller came to, in the terms of access logs. */
export type Access = {
  /** `-` where no auth policy is enforced. */
  resolvedUser: string;
  organizationId?: string;
  principalTags?: Record<string, string>;
} & (
  | { kind: 'allowed' }
  /** The signature does not count; no policy was looked at. */
  | { kind: 'unauthenticated'; body: string }
  | {
      kind: 'denied';
      body: string;
      authDeniedReason: string;
      undecided: string[];
    }
);

/**
 * Authenticates and authorizes a call as its service and service network demand.
 *
 * @remarks
 * With auth type `NONE` on both nobody is authenticated, so that no caller is resolved.
 */
export function checkAccess(options: {
  estate: Estate;
  policies: PolicyHistory;
  call: DataPlaneCall;
  vpc: Vpc;
  network: ServiceNetwork;
  service: Service;
  listener: Listener;
  /** Milliseconds since the epoch. */
  time: number;
}): Access {
  const { estate, policies, call, network, service } = options;
  const { caller } = call;
  if (network.authType === 'NONE' && service.authType === 'NONE') {
    return { kind: 'allowed', resolvedUser: '-' };
  }
  if (caller.kind === 'unauthenticated') {
    return {
      kind: 'unauthenticated',
      resolvedUser: 'Unknown',
      body: `${caller.code}: ${caller.message}`,
    };
  }
  const identified = identify(options);
  const authorization: Authorization = authorize({
    request: requestOf(options, identified),
    network,
    networkPolicy: policies.policyOf(network.arn, call.time),
    service,
    servicePolicy: policies.policyOf(service.arn, call.time),
    identity:
      caller.kind === 'signed'
        ? identityPoliciesOf({
            estate,
            principalArn: caller.principalArn,
            roleArn: caller.roleArn,
          })
        : undefined,
  });
  if (authorization.kind === 'allowed') {
    return { kind: 'allowed', ...identified };
  }
  return {
    kind: 'denied',
    ...identified,
    body: `AccessDeniedException: ${authorization.message}`,
    authDeniedReason: authorization.reason,
    undecided: authorization.undecided,
  };
}

function identify(options: { estate: Estate; call: DataPlaneCall }) {
  const { estate, call } = options;
  if (call.caller.kind !== 'signed') {
    return { resolvedUser: 'Anonymous' };
  }
  const { principalArn, accountId, roleArn } = call.caller;
  return {
    resolvedUser: principalArn,
    organizationId: estate.accounts.has(accountId)
      ? estate.organization.get('organization')?.id
      : undefined,
    principalTags: roleArn ? estate.roles.get(roleArn)?.tags : undefined,
  };
}

function requestOf(
  options: Parameters<typeof checkAccess>[0],
  identified: ReturnType<typeof identify>,
) {
  const { call, vpc, network, service, listener, time } = options;
  const query: Record<string, string[]> = {};
  for (const [key, value] of new URLSearchParams(call.query ?? '')) {
    query[key] = [...(query[key] ?? []), value];
  }
  const headers: Record<string, string> = {};
  for (const [name, values] of Object.entries(call.headers ?? {})) {
    headers[name] = values.join(',');
  }
  return {
    caller:
      call.caller.kind === 'signed'
        ? {
            kind: 'signed' as const,
            arn: call.caller.principalArn,
            roleArn: call.caller.roleArn,
            organizationId: identified.organizationId ?? 'none',
            tags: identified.principalTags ?? {},
          }
        : { kind: 'anonymous' as const },
    method: call.method,
    path: call.path,
    query,
    headers,
    port: listener.port,
    sourceVpc: vpc.id,
    sourceVpcOwnerAccount: vpc.accountId,
    serviceArn: service.arn,
    serviceNetworkArn: network.arn,
    serviceTags: service.tags,
    time,
  };
}
