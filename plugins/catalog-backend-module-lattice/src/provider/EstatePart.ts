import type { ResourceEntity } from '@backstage/catalog-model';
import type { AccountEstate } from '@lattice-portal/plugin-lattice-common';
import type { EntityContext } from '../entities/EntityContext';
import {
  serviceEntity,
  serviceNetworkEntity,
  targetGroupEntity,
} from '../entities/estateEntities';

/** The parts of an account that become entities. */
export const estateParts = [
  'serviceNetworks',
  'services',
  'targetGroups',
] as const;

/** A part of an account that becomes entities: one list of AWS. */
export type EstatePart = (typeof estateParts)[number];

/**
 * The entities of one part of one account.
 *
 * @returns undefined if the part could not be read, which is not the same as being empty
 */
export function entitiesOfPart(options: {
  estate: AccountEstate | undefined;
  part: EstatePart;
  context: EntityContext;
}): ResourceEntity[] | undefined {
  const { estate, part, context } = options;
  if (!estate || estate.gaps.some(gap => gap.part === part)) {
    return undefined;
  }
  switch (part) {
    case 'services':
      return estate.services.map(service => serviceEntity(service, context));
    case 'serviceNetworks':
      return estate.serviceNetworks.map(network =>
        serviceNetworkEntity(network, context),
      );
    default:
      return estate.targetGroups.map(group =>
        targetGroupEntity(group, context),
      );
  }
}
