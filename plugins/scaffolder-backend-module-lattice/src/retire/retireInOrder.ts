import type { AccessRequest } from '@lattice-portal/plugin-lattice-common';
import { archiveRepository } from './archiveRepository';
import { type EntitiesToRemove, removeEntities } from './removeEntities';
import type { Retirement } from './Retirement';
import type { RetireStep } from './RetireStep';
import { revokeAround } from './revokeGrants';

/**
 * Takes away what was found to belong to something, or shows it: grants first, so that no statement outlives what it
 * is about; the catalog's entities last, as they are what a second run starts from.
 *
 * @throws an error that says what is left, once something could not be removed
 */
export async function retireInOrder(
  options: Retirement & {
    name: string;
    /** Such as `service`. */
    what: string;
    grants: AccessRequest[];
    /** Name of the portal's repository. Absent: the entity tells none. */
    repository?: string;
    /** Addresses that may lead to the repository. */
    sourceUrls: string[];
    /** A step: what is told where there are none. */
    entities: EntitiesToRemove | RetireStep;
    /** What would become of everything. */
    plan: () => RetireStep[];
    removeFromAws: () => Promise<void>;
  },
): Promise<void> {
  const { what, entities, onStep } = options;
  if (options.onlyShow) {
    options.plan().forEach(onStep);
    return;
  }
  await revokeAround({
    ...options,
    comment: `The ${what} is retired`,
    remove: options.removeFromAws,
  });
  onStep(await archiveRepository(options));
  onStep(
    'result' in entities
      ? entities
      : await removeEntities({ ...options, found: entities }),
  );
}
