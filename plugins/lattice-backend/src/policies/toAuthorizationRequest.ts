import { type AccessLogRecord, callerOf } from '@lattice-portal/access-logs';
import type { AuthorizationRequest, Caller } from '@lattice-portal/auth-policy';
import { parseArn } from '@lattice-portal/plugin-lattice-common';
import type { EstateIndex } from '../estate/EstateIndex';

/**
 * A recorded call as policies see it.
 *
 * @remarks
 * The log has no headers, and nothing is said of the service's tags as they were: policies that ask for
 * them leave the verdict open. Absent: who called is not on record, so that no policy can be asked.
 */
export function toAuthorizationRequest(options: {
  record: AccessLogRecord;
  index: EstateIndex;
}): AuthorizationRequest | undefined {
  const { record, index } = options;
  const caller = toCaller(record, index);
  if (!caller) {
    return undefined;
  }
  return {
    caller,
    method: record.requestMethod,
    path: record.requestPath,
    sourceVpc: record.sourceVpcId,
    sourceVpcOwnerAccount: record.sourceVpcArn
      ? parseArn(record.sourceVpcArn)?.accountId
      : index.vpcs.get(record.sourceVpcId ?? '')?.accountId,
    sourceIp: sourceIpOf(record.sourceIpPort),
    port: portOf(record, index),
    serviceArn: record.serviceArn,
    serviceNetworkArn: record.serviceNetworkArn,
    time: record.timestamp,
  };
}

function toCaller(
  record: AccessLogRecord,
  index: EstateIndex,
): Caller | undefined {
  const { kind, id, principal } = callerOf(record);
  if (kind === 'anonymous') {
    return { kind: 'anonymous' };
  }
  if (kind === 'unknown' || !principal) {
    return undefined;
  }
  return {
    kind: 'signed',
    arn: principal,
    roleArn: index.roleOfCaller(id)?.arn,
    organizationId: record.callerPrincipalOrgId,
    tags: record.callerPrincipalTags,
  };
}

/** `10.0.0.1:40000`, or `[fd00::1]:40000`. */
function sourceIpOf(sourceIpPort: string | undefined): string | undefined {
  return sourceIpPort?.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
}

/** The port called, where the service listens on one only. */
function portOf(
  record: AccessLogRecord,
  index: EstateIndex,
): number | undefined {
  const listeners = index.services.get(record.serviceArn)?.listeners ?? [];
  return listeners.length === 1 ? listeners[0].port : undefined;
}
