import type { Entity } from '@backstage/catalog-model';
import {
  ANNOTATION_LATTICE_SERVICE_ID,
  ANNOTATION_LATTICE_SERVICE_NAME,
  latticeResourceTypes,
} from '@lattice-portal/plugin-lattice-common';

/**
 * Whether the VPC Lattice tab has something to tell about an entity: a service of the estate, or a
 * component that runs one.
 *
 * @public
 */
export function isLatticeEntity(entity: Entity): boolean {
  const annotations = entity.metadata.annotations ?? {};
  return Boolean(
    entity.spec?.type === latticeResourceTypes.service ||
      annotations[ANNOTATION_LATTICE_SERVICE_ID] ||
      annotations[ANNOTATION_LATTICE_SERVICE_NAME],
  );
}
