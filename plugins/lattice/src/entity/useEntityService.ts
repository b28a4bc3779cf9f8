import { useEntity } from '@backstage/plugin-catalog-react';
import {
  ANNOTATION_LATTICE_SERVICE_ID,
  ANNOTATION_LATTICE_SERVICE_NAME,
} from '@lattice-portal/plugin-lattice-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useLatticeQuery } from '../api';

/** The service an entity stands for or runs. */
export type EntityService =
  | { status: 'found'; serviceId: string }
  | { status: 'loading' }
  | { status: 'failed'; error: unknown; retry: () => void }
  | { status: 'unknown'; wanted: string };

/** Finds the service by its id, else by its name or catalog entity. */
export function useEntityService(): EntityService {
  const { entity } = useEntity();
  const annotations = entity.metadata.annotations ?? {};
  const serviceId = annotations[ANNOTATION_LATTICE_SERVICE_ID];
  const name = annotations[ANNOTATION_LATTICE_SERVICE_NAME];
  const entityRef = stringifyEntityRef(entity);
  const query = useLatticeQuery({
    key: ['services'],
    ask: api => api.listServices(),
    enabled: !serviceId,
  });
  if (serviceId) {
    return { status: 'found', serviceId };
  }
  if (!query.data) {
    return query.error
      ? { status: 'failed', error: query.error, retry: query.refetch }
      : { status: 'loading' };
  }
  const service = query.data.items.find(item =>
    name ? item.name === name : item.entityRef === entityRef,
  );
  return service
    ? { status: 'found', serviceId: service.id }
    : { status: 'unknown', wanted: name ?? entityRef };
}
