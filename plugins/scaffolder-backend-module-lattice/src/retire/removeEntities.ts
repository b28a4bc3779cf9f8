import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_ORIGIN_LOCATION,
  type Entity,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ConflictError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { plannedStep, type RetireStep } from './RetireStep';

/** What of the catalog goes with a component. */
export interface EntitiesToRemove {
  /** Absent: the entity came by no location that was registered. */
  locationId?: string;
  entities: Entity[];
}

/**
 * Finds the location that a component came by, and all that came with it.
 *
 * @throws ConflictError when something of another owner came with it
 */
export async function findEntities(options: {
  catalog: CatalogService;
  entity: Entity;
  owner: string;
  credentials: BackstageCredentials;
}): Promise<EntitiesToRemove> {
  const { catalog, entity, owner, credentials } = options;
  const location = await catalog.getLocationByEntity(
    stringifyEntityRef(entity),
    { credentials },
  );
  if (!location) {
    return { entities: [entity] };
  }
  const { items } = await catalog.getEntities(
    {
      filter: {
        [`metadata.annotations.${ANNOTATION_ORIGIN_LOCATION}`]: `${location.type}:${location.target}`,
      },
    },
    { credentials },
  );
  const others = items.filter(
    item =>
      item.kind !== 'Location' &&
      !(item.relations ?? []).some(
        ({ type, targetRef }) =>
          type === RELATION_OWNED_BY && targetRef === owner,
      ),
  );
  if (others.length) {
    throw new ConflictError(
      `${location.target} registers entities of other owners too: ${others
        .map(stringifyEntityRef)
        .join(', ')}. Register those elsewhere first.`,
    );
  }
  return { locationId: location.id, entities: items };
}

/** Takes them out of the catalog. */
export async function removeEntities(options: {
  catalog: CatalogService;
  found: EntitiesToRemove;
  credentials: BackstageCredentials;
}): Promise<RetireStep> {
  const { catalog, found, credentials } = options;
  if (found.locationId) {
    await catalog.removeLocationById(found.locationId, { credentials });
  } else {
    for (const { metadata } of found.entities) {
      if (metadata.uid) {
        await catalog.removeEntityByUid(metadata.uid, { credentials });
      }
    }
  }
  return {
    what: 'entities',
    result: 'done',
    message: `Taken out of the catalog: ${namesOf(found.entities)}`,
  };
}

/** What would become of them. */
export function plannedEntities(found: EntitiesToRemove): RetireStep {
  return plannedStep(
    'entities',
    `To take out of the catalog: ${namesOf(found.entities)}`,
    '',
  );
}

function namesOf(entities: Entity[]): string {
  return entities
    .filter(({ kind }) => kind !== 'Location')
    .map(stringifyEntityRef)
    .sort()
    .join(', ');
}
