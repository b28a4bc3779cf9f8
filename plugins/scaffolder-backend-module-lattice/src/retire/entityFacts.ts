import {
  ANNOTATION_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  type Entity,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  ANNOTATION_AWS_ACCOUNT_ID,
  ANNOTATION_AWS_REGION,
} from '@lattice-portal/plugin-lattice-common';

/**
 * Who owns an entity, as an entity reference.
 *
 * @throws InputError when nobody does
 */
export function ownerOfEntity(entity: Entity): string {
  const owner = (entity.relations ?? []).find(
    ({ type }) => type === RELATION_OWNED_BY,
  )?.targetRef;
  if (!owner) {
    throw new InputError(
      `${stringifyEntityRef(
        entity,
      )} has no owner, so it is unknown who may retire it`,
    );
  }
  return owner;
}

/** Addresses that may lead to the repository an entity comes from. */
export function sourceUrlsOf({ metadata }: Entity): string[] {
  return [ANNOTATION_SOURCE_LOCATION, ANNOTATION_LOCATION].flatMap(
    key => metadata.annotations?.[key]?.replace(/^url:/, '') ?? [],
  );
}

/**
 * In which account and Region something is: as said, else by the annotations of the entities, the first that tells.
 *
 * @throws InputError saying what is missing and where to put it
 */
export function placeOfEntities(options: {
  /** The first is the one that is retired. */
  entities: [Entity, ...Entity[]];
  /** Said in the form, before anything the catalog knows. */
  accountId?: string;
  region?: string;
}): { accountId: string; region: string } {
  const { entities } = options;
  const find = (annotation: string) =>
    entities
      .flatMap(({ metadata }) => metadata.annotations?.[annotation] ?? [])
      .at(0);
  const accountId = options.accountId ?? find(ANNOTATION_AWS_ACCOUNT_ID);
  const region = options.region ?? find(ANNOTATION_AWS_REGION);
  if (!accountId || !region) {
    throw new InputError(
      `The catalog doesn't tell in which account and region ${stringifyEntityRef(
        entities[0],
      )} is. Give account and region, or the annotations ${ANNOTATION_AWS_ACCOUNT_ID} and ${ANNOTATION_AWS_REGION} to the entity.`,
    );
  }
  return { accountId, region };
}
