import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { ANNOTATION_LATTICE_SERVICE_NAME } from '@lattice-portal/plugin-lattice-common';
import { ownerOfEntity, placeOfEntities, sourceUrlsOf } from '../entityFacts';

/** All that is known of a service that is to be retired. */
export interface ServiceToRetire {
  entityRef: string;
  /** Name of the service and of the provisioned product. */
  name: string;
  /** Entity reference. */
  owner: string;
  /** 12 digits. */
  accountId: string;
  region: string;
  /** Addresses that may lead to the repository. */
  sourceUrls: string[];
}

/**
 * Takes what has to be removed from what the catalog knows of a component: its own annotations, else those of the
 * service of the estate that it depends on.
 *
 * @throws InputError saying what is missing and where to put it
 */
export function serviceToRetire(options: {
  entity: Entity;
  /** Entities the component depends on. */
  dependencies: Entity[];
  /** Said in the form, before anything the catalog knows. */
  accountId?: string;
  region?: string;
}): ServiceToRetire {
  const { entity, dependencies } = options;
  const place = placeOfEntities({
    ...options,
    entities: [entity, ...dependencies],
  });
  const { annotations = {}, name } = entity.metadata;
  return {
    ...place,
    entityRef: stringifyEntityRef(entity),
    name: annotations[ANNOTATION_LATTICE_SERVICE_NAME] ?? name,
    owner: ownerOfEntity(entity),
    sourceUrls: sourceUrlsOf(entity),
  };
}
