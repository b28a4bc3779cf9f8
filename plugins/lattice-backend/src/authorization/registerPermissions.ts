import type { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import {
  latticeAccessLogRecordReadPermission,
  latticeAccessRequestCreatePermission,
  latticeAccessRequestDecidePermission,
  latticeAccessRequestReadPermission,
  latticeDeniedRequestReadPermission,
  latticeLogSourceUpdatePermission,
  latticePolicyReadPermission,
  latticeServiceCreatePermission,
  latticeServiceReadPermission,
  latticeUnparsedLineReadPermission,
} from '@lattice-portal/plugin-lattice-common';
import {
  accessLogRecordPermissionResourceRef,
  accessLogRecordPermissionRules,
  accessRequestPermissionResourceRef,
  accessRequestPermissionRules,
  deniedRequestPermissionResourceRef,
  deniedRequestPermissionRules,
  servicePermissionResourceRef,
  servicePermissionRules,
} from '@lattice-portal/plugin-lattice-node';
import type { AccessRequestStore } from '../database/AccessRequestStore';
import type { DeniedRequestStore } from '../database/DeniedRequestStore';
import type { EstateService } from '../estate/EstateService';
import {
  partiesOfDenied,
  toAccessRequestResource,
  toDeniedRequestResource,
} from './permissionResources';

/**
 * Makes the plugin's permissions, resources and rules known to the permission framework.
 */
export function registerPermissions(options: {
  registry: PermissionsRegistryService;
  estate: EstateService;
  denied: DeniedRequestStore;
  accessRequests: AccessRequestStore;
}): void {
  const { registry, estate, denied, accessRequests } = options;
  registry.addPermissions([
    latticeAccessRequestCreatePermission,
    latticeServiceCreatePermission,
    latticeLogSourceUpdatePermission,
    latticeUnparsedLineReadPermission,
  ]);
  registry.addResourceType({
    resourceRef: servicePermissionResourceRef,
    permissions: [latticeServiceReadPermission, latticePolicyReadPermission],
    rules: Object.values(servicePermissionRules),
    getResources: async refs => {
      const index = await estate.current();
      return refs.map(arn => ({ arn, owner: index.ownerOfResource(arn) }));
    },
  });
  registry.addResourceType({
    resourceRef: deniedRequestPermissionResourceRef,
    permissions: [latticeDeniedRequestReadPermission],
    rules: Object.values(deniedRequestPermissionRules),
    getResources: async refs => {
      const index = await estate.current();
      return Promise.all(
        refs.map(async id => {
          const stored = await denied.get({ id });
          return (
            stored && toDeniedRequestResource(partiesOfDenied(stored), index)
          );
        }),
      );
    },
  });
  registry.addResourceType({
    resourceRef: accessLogRecordPermissionResourceRef,
    permissions: [latticeAccessLogRecordReadPermission],
    rules: Object.values(accessLogRecordPermissionRules),
  });
  registry.addResourceType({
    resourceRef: accessRequestPermissionResourceRef,
    permissions: [
      latticeAccessRequestReadPermission,
      latticeAccessRequestDecidePermission,
    ],
    rules: Object.values(accessRequestPermissionRules),
    getResources: refs =>
      Promise.all(
        refs.map(async id => {
          const stored = await accessRequests.get({ id });
          return stored && toAccessRequestResource(stored.request);
        }),
      ),
  });
}
