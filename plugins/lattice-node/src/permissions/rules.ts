import { createPermissionRule } from '@backstage/plugin-permission-node';
import { z } from 'zod';
import {
  accessLogRecordPermissionResourceRef,
  accessRequestPermissionResourceRef,
  deniedRequestPermissionResourceRef,
  servicePermissionResourceRef,
} from './resources';

const claimsSchema = z.object({
  claims: z
    .array(z.string())
    .describe('Entity references of the user and the groups it belongs to'),
});

function includesAny(claims: string[], owners: (string | undefined)[]) {
  return owners.some(owner => owner !== undefined && claims.includes(owner));
}

const isServiceOwner = createPermissionRule({
  name: 'IS_OWNED_BY',
  description: 'Allow services owned by one of the claims',
  resourceRef: servicePermissionResourceRef,
  paramsSchema: claimsSchema,
  apply: (service, { claims }) => includesAny(claims, [service.owner]),
  toQuery: ({ claims }) => ({ ownedBy: claims }),
});

const involvesInDeniedRequest = createPermissionRule({
  name: 'INVOLVES',
  description:
    'Allow denied requests whose service, or whose caller’s account, belongs to one of the claims',
  resourceRef: deniedRequestPermissionResourceRef,
  paramsSchema: claimsSchema,
  apply: (request, { claims }) =>
    includesAny(claims, [request.serviceOwner, request.callerOwner]),
  toQuery: ({ claims }) => ({ involves: claims }),
});

const involvesInRecord = createPermissionRule({
  name: 'INVOLVES',
  description:
    'Allow access log records whose service, or whose caller’s account, belongs to one of the claims',
  resourceRef: accessLogRecordPermissionResourceRef,
  paramsSchema: claimsSchema,
  apply: (record, { claims }) =>
    includesAny(claims, [record.serviceOwner, record.callerOwner]),
  toQuery: ({ claims }) => ({ involves: claims }),
});

const involvesInAccessRequest = createPermissionRule({
  name: 'INVOLVES',
  description:
    'Allow access requests that one of the claims asks for or decides on',
  resourceRef: accessRequestPermissionResourceRef,
  paramsSchema: claimsSchema,
  apply: (request, { claims }) =>
    includesAny(claims, [...request.askers, ...request.approvers]),
  toQuery: ({ claims }) => ({ involves: claims }),
});

const isApprover = createPermissionRule({
  name: 'IS_APPROVER',
  description:
    'Allow access requests that change a document owned by one of the claims',
  resourceRef: accessRequestPermissionResourceRef,
  paramsSchema: claimsSchema,
  apply: (request, { claims }) => includesAny(claims, request.approvers),
  toQuery: ({ claims }) => ({ approver: claims }),
});

/**
 * Rules for services.
 *
 * @public
 */
export const servicePermissionRules = { isOwnedBy: isServiceOwner };

/**
 * Rules for denied requests.
 *
 * @public
 */
export const deniedRequestPermissionRules = {
  involves: involvesInDeniedRequest,
};

/**
 * Rules for access log records.
 *
 * @public
 */
export const accessLogRecordPermissionRules = { involves: involvesInRecord };

/**
 * Rules for access requests.
 *
 * @public
 */
export const accessRequestPermissionRules = {
  involves: involvesInAccessRequest,
  isApprover,
};
