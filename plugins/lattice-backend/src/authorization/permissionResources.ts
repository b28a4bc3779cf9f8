import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type {
  AccessRequestPermissionResource,
  DeniedRequestPermissionQuery,
  DeniedRequestPermissionResource,
} from '@lattice-portal/plugin-lattice-node';
import { partiesOf } from '../accessRequests/transitions';
import type { AccessRequestRecord } from '../database/AccessRequestStore';
import type {
  InvolvedParties,
  StoredDeniedRequest,
} from '../database/DeniedRequestStore';
import type { EstateIndex } from '../estate/EstateIndex';

/** What says whom a denied request, or a cause of many, involves. */
export interface DeniedRequestParties {
  id: string;
  serviceArn: string;
  callerAccountId?: string;
}

export function partiesOfDenied(
  stored: StoredDeniedRequest,
): DeniedRequestParties {
  const { id, callerAccountId, record } = stored;
  return { id, callerAccountId, serviceArn: record.serviceArn };
}

export function toDeniedRequestResource(
  denied: DeniedRequestParties,
  index: EstateIndex,
): DeniedRequestPermissionResource {
  return {
    id: denied.id,
    serviceOwner: index.ownerOfResource(denied.serviceArn),
    callerOwner: index.ownerOfAccount(denied.callerAccountId),
  };
}

export function toAccessRequestResource(
  request: AccessRequestRecord,
): AccessRequestPermissionResource {
  return { id: request.id, ...partiesOf(request) };
}

/**
 * Turns owners into what the database knows: services and accounts.
 *
 * @param options - `serviceArns`: all services that could matter, in the estate or not
 */
export function toInvolvedParties(
  criteria: PermissionCriteria<DeniedRequestPermissionQuery> | undefined,
  options: { index: EstateIndex; serviceArns: string[] },
): PermissionCriteria<InvolvedParties> | undefined {
  return criteria && mapCriteria(criteria, options);
}

function mapCriteria(
  criteria: PermissionCriteria<DeniedRequestPermissionQuery>,
  options: { index: EstateIndex; serviceArns: string[] },
): PermissionCriteria<InvolvedParties> {
  const map = (part: PermissionCriteria<DeniedRequestPermissionQuery>) =>
    mapCriteria(part, options);
  if ('allOf' in criteria) {
    const [first, ...rest] = criteria.allOf;
    return { allOf: [map(first), ...rest.map(map)] };
  }
  if ('anyOf' in criteria) {
    const [first, ...rest] = criteria.anyOf;
    return { anyOf: [map(first), ...rest.map(map)] };
  }
  if ('not' in criteria) {
    return { not: map(criteria.not) };
  }
  const { index, serviceArns } = options;
  const isInvolved = (owner: string | undefined) =>
    owner !== undefined && criteria.involves.includes(owner);
  return {
    serviceArns: serviceArns.filter(arn =>
      isInvolved(index.ownerOfResource(arn)),
    ),
    callerAccountIds: index.accounts
      .map(({ accountId }) => accountId)
      .filter(accountId => isInvolved(index.ownerOfAccount(accountId))),
  };
}
