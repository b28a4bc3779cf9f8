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
  ANNOTATION_LATTICE_SERVICE_NAME,
} from '@lattice-portal/plugin-lattice-common';

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
  const entityRef = stringifyEntityRef(entity);
  const places = [entity, ...dependencies].map(
    ({ metadata }) => metadata.annotations ?? {},
  );
  const find = (annotation: string) =>
    places.flatMap(annotations => annotations[annotation] ?? []).at(0);
  const accountId = options.accountId ?? find(ANNOTATION_AWS_ACCOUNT_ID);
  const region = options.region ?? find(ANNOTATION_AWS_REGION);
  if (!accountId || !region) {
    throw new InputError(
      `The catalog doesn't tell in which account and region ${entityRef} is. Give account and region, or the annotations ${ANNOTATION_AWS_ACCOUNT_ID} and ${ANNOTATION_AWS_REGION} to the entity.`,
    );
  }
  const owner = (entity.relations ?? []).find(
    ({ type }) => type === RELATION_OWNED_BY,
  )?.targetRef;
  if (!owner) {
    throw new InputError(
      `${entityRef} has no owner, so it is unknown who may retire it`,
    );
  }
  const { annotations = {}, name } = entity.metadata;
  return {
    entityRef,
    name: annotations[ANNOTATION_LATTICE_SERVICE_NAME] ?? name,
    owner,
    accountId,
    region,
    sourceUrls: [ANNOTATION_SOURCE_LOCATION, ANNOTATION_LOCATION].flatMap(
      key => annotations[key]?.replace(/^url:/, '') ?? [],
    ),
  };
}
