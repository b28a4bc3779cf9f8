import { type AccessLogRecord, callerOf } from '@lattice-portal/access-logs';
import type {
  AuthorizationRequest,
  OpenRequest,
} from '@lattice-portal/auth-policy';
import { parseArn } from '@lattice-portal/plugin-lattice-common';
import type { EstateIndex } from '../estate/EstateIndex';

/**
 * A recorded call as policies see it.
 *
 * @remarks
 * The log has no headers, and nothing is said of the service's tags as they were: policies that ask for
 * them leave the verdict open. Absent: who called is not on record, so that nobody can be granted anything.
 */
export function toAuthorizationRequest(options: {
  record: AccessLogRecord;
  index: EstateIndex;
}): AuthorizationRequest | undefined {
  const request = toOpenRequest(options);
  const { caller } = request;
  return caller.kind === 'unknown' ? undefined : { ...request, caller };
}

/** The same where it does not matter whether who called is on record. */
export function toOpenRequest(options: {
  record: AccessLogRecord;
  index: EstateIndex;
}): OpenRequest {
  const { record, index } = options;
  return {
    caller: toCaller(record, index),
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
): OpenRequest['caller'] {
  const { kind, id, principal } = callerOf(record);
  if (kind === 'anonymous') {
    return { kind: 'anonymous' };
  }
  if (kind === 'unknown' || !principal) {
    return { kind: 'unknown' };
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
