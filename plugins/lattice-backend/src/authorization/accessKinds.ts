import {
  latticeAccessLogRecordReadPermission,
  latticeAccessRequestDecidePermission,
  latticeAccessRequestReadPermission,
  latticeDeniedRequestReadPermission,
  latticePolicyReadPermission,
  latticeServiceReadPermission,
} from '@lattice-portal/plugin-lattice-common';
import {
  accessLogRecordPermissionResourceRef,
  accessRequestPermissionResourceRef,
  deniedRequestPermissionResourceRef,
  servicePermissionResourceRef,
} from '@lattice-portal/plugin-lattice-node';

/** What can be asked of `LatticeAuthorizer`: each permission with the things it is about. */
export const readServices = {
  permission: latticeServiceReadPermission,
  resourceRef: servicePermissionResourceRef,
};

export const readPolicies = {
  permission: latticePolicyReadPermission,
  resourceRef: servicePermissionResourceRef,
};

export const readDeniedRequests = {
  permission: latticeDeniedRequestReadPermission,
  resourceRef: deniedRequestPermissionResourceRef,
};

export const readAccessLogRecords = {
  permission: latticeAccessLogRecordReadPermission,
  resourceRef: accessLogRecordPermissionResourceRef,
};

export const readAccessRequests = {
  permission: latticeAccessRequestReadPermission,
  resourceRef: accessRequestPermissionResourceRef,
};

export const decideAccessRequests = {
  permission: latticeAccessRequestDecidePermission,
  resourceRef: accessRequestPermissionResourceRef,
};
