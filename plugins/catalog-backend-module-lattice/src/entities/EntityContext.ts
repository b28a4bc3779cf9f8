import {
  estateEntityRefs,
  type EstateSnapshot,
} from '@lattice-portal/plugin-lattice-common';

/** What every entity is made with: what is known of the whole estate. */
export interface EntityContext {
  /** Entity references by ARN. */
  entityRefs: Map<string, string>;
  /** ARNs of the networks a service is associated with, by the service's ARN. */
  networksOfService: Map<string, Set<string>>;
  /** Owner of each account, as in the configuration, by account id. */
  accountOwners: Map<string, string>;
  /** Where the portal's front end is reached, without a slash at the end. */
  appBaseUrl: string;
}

/** Gathers from all snapshots what the entities of each of them need. */
export function createEntityContext(options: {
  snapshots: EstateSnapshot[];
  appBaseUrl: string;
}): EntityContext {
  const { snapshots, appBaseUrl } = options;
  const estates = snapshots.flatMap(({ estate }) => estate ?? []);
  const networksOfService = new Map<string, Set<string>>();
  for (const association of estates.flatMap(
    estate => estate.serviceAssociations,
  )) {
    const { serviceArn, serviceNetworkArn } = association;
    const networks = networksOfService.get(serviceArn) ?? new Set();
    networksOfService.set(serviceArn, networks.add(serviceNetworkArn));
  }
  return {
    entityRefs: estateEntityRefs(estates),
    networksOfService,
    accountOwners: new Map(
      snapshots.flatMap(({ accountId, owner }) =>
        owner ? [[accountId, owner]] : [],
      ),
    ),
    appBaseUrl: appBaseUrl.replace(/\/+$/, ''),
  };
}
