import { createPermissionResourceRef } from '@backstage/plugin-permission-node';
import {
  RESOURCE_TYPE_LATTICE_ACCESS_LOG_RECORD,
  RESOURCE_TYPE_LATTICE_ACCESS_REQUEST,
  RESOURCE_TYPE_LATTICE_DENIED_REQUEST,
  RESOURCE_TYPE_LATTICE_SERVICE,
} from '@lattice-portal/plugin-lattice-common';

/**
 * What rules about services see.
 *
 * @public
 */
export interface ServicePermissionResource {
  arn: string;
  /** Entity reference. Absent: nobody is known to own it. */
  owner?: string;
}

/**
 * Selects services: those owned by one of these entities.
 *
 * @public
 */
export interface ServicePermissionQuery {
  ownedBy: string[];
}

/**
 * What rules about denied requests see.
 *
 * @public
 */
export interface DeniedRequestPermissionResource {
  id: string;
  /** Entity reference of the service's owner. */
  serviceOwner?: string;
  /** Entity reference of the owner of the caller's account. */
  callerOwner?: string;
}

/**
 * Selects denied requests: those whose service or caller belongs to one of these entities.
 *
 * @public
 */
export interface DeniedRequestPermissionQuery {
  involves: string[];
}

/**
 * What rules about access log records see.
 *
 * @public
 */
export interface AccessLogRecordPermissionResource {
  /** Entity reference of the service's owner. */
  serviceOwner?: string;
  /** Entity reference of the owner of the caller's account. */
  callerOwner?: string;
}

/**
 * Selects access log records: those whose service or caller belongs to one of these entities.
 *
 * @public
 */
export interface AccessLogRecordPermissionQuery {
  involves: string[];
}

/**
 * What rules about access requests see. All entity references.
 *
 * @public
 */
export interface AccessRequestPermissionResource {
  id: string;
  /** Who asked, and the group the caller belongs to. */
  askers: string[];
  /** Owners of the documents that change. */
  approvers: string[];
}

/**
 * Selects access requests: those these entities ask for or decide on, or decide on only.
 *
 * @public
 */
export type AccessRequestPermissionQuery =
  | { involves: string[] }
  | { approver: string[] };

/** @public */
export const servicePermissionResourceRef = createPermissionResourceRef<
  ServicePermissionResource,
  ServicePermissionQuery
>().with({
  pluginId: 'lattice',
  resourceType: RESOURCE_TYPE_LATTICE_SERVICE,
});

/** @public */
export const deniedRequestPermissionResourceRef = createPermissionResourceRef<
  DeniedRequestPermissionResource,
  DeniedRequestPermissionQuery
>().with({
  pluginId: 'lattice',
  resourceType: RESOURCE_TYPE_LATTICE_DENIED_REQUEST,
});

/** @public */
export const accessRequestPermissionResourceRef = createPermissionResourceRef<
  AccessRequestPermissionResource,
  AccessRequestPermissionQuery
>().with({
  pluginId: 'lattice',
  resourceType: RESOURCE_TYPE_LATTICE_ACCESS_REQUEST,
});

/** @public */
export const accessLogRecordPermissionResourceRef = createPermissionResourceRef<
  AccessLogRecordPermissionResource,
  AccessLogRecordPermissionQuery
>().with({
  pluginId: 'lattice',
  resourceType: RESOURCE_TYPE_LATTICE_ACCESS_LOG_RECORD,
});
