import type { AccountEstate } from '@lattice-portal/plugin-lattice-common';

/**
 * What was read of an account that holds nothing but the given parts.
 */
export function estateOf(parts: object = {}): AccountEstate {
  return {
    accountId: '223344556677',
    region: 'us-east-1',
    serviceNetworks: [],
    services: [],
    targetGroups: [],
    vpcAssociations: [],
    serviceAssociations: [],
    accessLogSubscriptions: [],
    resourceShares: [],
    vpcs: [],
    roles: [],
    gaps: [],
    ...parts,
  };
}
