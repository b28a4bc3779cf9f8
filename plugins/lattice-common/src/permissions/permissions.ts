import { createPermission } from '@backstage/plugin-permission-common';

/** @public */
export const RESOURCE_TYPE_LATTICE_SERVICE = 'lattice-service';
/** @public */
export const RESOURCE_TYPE_LATTICE_DENIED_REQUEST = 'lattice-denied-request';
/** @public */
export const RESOURCE_TYPE_LATTICE_ACCESS_REQUEST = 'lattice-access-request';

/** @public */
export const RESOURCE_TYPE_LATTICE_ACCESS_LOG_RECORD =
  'lattice-access-log-record';

/**
 * To see a service, its traffic on the map and who calls it.
 *
 * @public
 */
export const latticeServiceReadPermission = createPermission({
  name: 'lattice.service.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_LATTICE_SERVICE,
});

/**
 * To read a service's or network's auth policy documents and their history.
 *
 * @public
 */
export const latticePolicyReadPermission = createPermission({
  name: 'lattice.policy.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_LATTICE_SERVICE,
});

/**
 * To see a denied request and its explanation.
 *
 * @public
 */
export const latticeDeniedRequestReadPermission = createPermission({
  name: 'lattice.denied-request.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_LATTICE_DENIED_REQUEST,
});

/**
 * To read the access log records of a call that was not denied, word for word. Those of a denied call go by
 * `lattice.denied-request.read`.
 *
 * @public
 */
export const latticeAccessLogRecordReadPermission = createPermission({
  name: 'lattice.access-log-record.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_LATTICE_ACCESS_LOG_RECORD,
});

/**
 * To see an access request.
 *
 * @public
 */
export const latticeAccessRequestReadPermission = createPermission({
  name: 'lattice.access-request.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_LATTICE_ACCESS_REQUEST,
});

/**
 * To ask for access.
 *
 * @public
 */
export const latticeAccessRequestCreatePermission = createPermission({
  name: 'lattice.access-request.create',
  attributes: { action: 'create' },
});

/**
 * To approve, refuse or revoke an access request. Besides, only an owner of the document that changes
 * can decide on that change.
 *
 * @public
 */
export const latticeAccessRequestDecidePermission = createPermission({
  name: 'lattice.access-request.decide',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_LATTICE_ACCESS_REQUEST,
});

/**
 * To create a service from a template, and to see what can be chosen for that. Besides, only the owners of an
 * account can create something in it.
 *
 * @public
 */
export const latticeServiceCreatePermission = createPermission({
  name: 'lattice.service.create',
  attributes: { action: 'create' },
});

/**
 * To read lines of access logs that could not be understood. They may tell of any service's calls.
 *
 * @public
 */
export const latticeUnparsedLineReadPermission = createPermission({
  name: 'lattice.unparsed-line.read',
  attributes: { action: 'read' },
});

/**
 * To stop the reading of an access log, and to let it go on.
 *
 * @public
 */
export const latticeLogSourceUpdatePermission = createPermission({
  name: 'lattice.log-source.update',
  attributes: { action: 'update' },
});

/**
 * All permissions of the plugin.
 *
 * @public
 */
export const latticePermissions = [
  latticeServiceReadPermission,
  latticeServiceCreatePermission,
  latticePolicyReadPermission,
  latticeDeniedRequestReadPermission,
  latticeAccessLogRecordReadPermission,
  latticeAccessRequestReadPermission,
  latticeAccessRequestCreatePermission,
  latticeAccessRequestDecidePermission,
  latticeUnparsedLineReadPermission,
  latticeLogSourceUpdatePermission,
];
