import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';

/**
 * Finds what is to be retired in the catalog.
 *
 * @throws NotFoundError when the catalog doesn't have it (any more)
 */
export async function findEntityToRetire(options: {
  catalog: CatalogService;
  entityRef: string;
  credentials: BackstageCredentials;
}): Promise<Entity> {
  const { catalog, entityRef, credentials } = options;
  const entity = await catalog.getEntityByRef(entityRef, { credentials });
  if (!entity) {
    throw new NotFoundError(
      `The catalog has no ${entityRef}. If it was retired before, that was whole: the entity goes last.`,
    );
  }
  return entity;
}

/** The entities to which an entity has relations of a type, as far as the catalog has them. */
export async function findRelated(options: {
  catalog: CatalogService;
  entity: Entity;
  types: string[];
  /** References of further entities. */
  others?: string[];
  credentials: BackstageCredentials;
}): Promise<Entity[]> {
  const { catalog, entity, types, others = [], credentials } = options;
  const related = (entity.relations ?? [])
    .filter(({ type }) => types.includes(type))
    .map(({ targetRef }) => targetRef);
  const entityRefs = [...new Set([...related, ...others])];
  if (entityRefs.length === 0) {
    return [];
  }
  const { items } = await catalog.getEntitiesByRefs(
    { entityRefs },
    { credentials },
  );
  return items.flatMap(item => item ?? []);
}

/**
 * What somebody typed once more has to be what they chose.
 *
 * @throws InputError when it is not
 */
export function checkTyped(options: {
  typed: string;
  name: string;
  /** Such as `component`. */
  what: string;
}): void {
  const { typed, name, what } = options;
  if (typed !== name) {
    throw new InputError(
      `The name typed is '${typed}', the ${what} is '${name}'. Nothing was removed.`,
    );
  }
}
