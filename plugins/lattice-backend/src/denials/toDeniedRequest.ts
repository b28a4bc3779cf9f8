import type { DeniedRequest } from '@lattice-portal/plugin-lattice-common';
import type { StoredDeniedRequest } from '../database/DeniedRequestStore';
import type { EstateIndex } from '../estate/EstateIndex';

/**
 * A stored denied request as the API gives it.
 */
export function toDeniedRequest(
  stored: StoredDeniedRequest,
  index: EstateIndex,
): DeniedRequest {
  const { record } = stored;
  return {
    id: stored.id,
    startTime: record.startTime,
    outcome: stored.outcome,
    callerId: stored.callerId,
    callerKind: stored.callerKind,
    principal: record.resolvedUser ?? record.callerPrincipal,
    callerAccountId: stored.callerAccountId,
    serviceArn: record.serviceArn,
    serviceName: index.services.get(record.serviceArn)?.name,
    serviceNetworkArn: record.serviceNetworkArn,
    sourceVpcId: record.sourceVpcId,
    method: record.requestMethod,
    path: record.requestPath,
    requestId: record.requestId,
  };
}
