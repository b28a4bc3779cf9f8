import type { AccessLogCaller, AccessLogRecord } from '../types';

const principal = /^arn:([a-z0-9-]+):(iam|sts)::(\d{12}):(.+)$/;
const session = /^assumed-role\/(?:[^/]+\/)*?([^/]+)\/[^/]+$/;
const role = /^role\/(?:[^/]+\/)*([^/]+)$/;

/**
 * Who called: one caller for all sessions of a role.
 *
 * @remarks
 * `resolvedUser` is what VPC Lattice authenticated. It is absent where the service's auth type is
 * `NONE`; then a `callerPrincipal` still tells who signed. A session's ARN does not have the role's
 * path, hence the id has none either, also where a record names the role itself.
 *
 * @public
 */
export function callerOf(
  record: Pick<AccessLogRecord, 'resolvedUser' | 'callerPrincipal'>,
): AccessLogCaller {
  const recorded = record.resolvedUser ?? record.callerPrincipal;
  if (recorded?.toLowerCase() === 'anonymous') {
    return { kind: 'anonymous', id: 'anonymous' };
  }
  const parts = recorded?.match(principal);
  if (!recorded || !parts) {
    return { kind: 'unknown', id: 'unknown', principal: recorded };
  }
  const [, partition, service, accountId, resource] = parts;
  const roleName = resource.match(service === 'sts' ? session : role)?.[1];
  return {
    kind: 'signed',
    id: roleName
      ? `arn:${partition}:iam::${accountId}:role/${roleName}`
      : recorded,
    principal: recorded,
    accountId,
  };
}
