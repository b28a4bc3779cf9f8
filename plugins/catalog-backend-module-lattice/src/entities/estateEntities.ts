import type { ResourceEntity } from '@backstage/catalog-model';
import {
  ANNOTATION_LATTICE_SERVICE_ID,
  latticeResourceTypes,
  type Service,
  type ServiceNetwork,
  type TargetGroup,
} from '@lattice-portal/plugin-lattice-common';
import type { EntityContext } from './EntityContext';
import { resourceEntity } from './resourceEntity';

/** The entity of a service: it depends on its networks and on what its rules forward to. */
export function serviceEntity(
  service: Service,
  context: EntityContext,
): ResourceEntity {
  const { arn, id, listeners } = service;
  const targetGroups = listeners
    .flatMap(({ rules }) => rules.flatMap(rule => rule.targetGroups))
    .map(({ targetGroupArn }) => targetGroupArn);
  const url = `${context.appBaseUrl}/lattice/map?service=${encodeURIComponent(
    id,
  )}`;
  return resourceEntity({
    resource: service,
    type: latticeResourceTypes.service,
    context,
    annotations: { [ANNOTATION_LATTICE_SERVICE_ID]: id },
    links: [{ url, title: 'Service map' }],
    dependsOn: [...(context.networksOfService.get(arn) ?? []), ...targetGroups],
  });
}

/** The entity of a service network. */
export function serviceNetworkEntity(
  resource: ServiceNetwork,
  context: EntityContext,
): ResourceEntity {
  const type = latticeResourceTypes.serviceNetwork;
  return resourceEntity({ resource, type, context });
}

/** The entity of a target group. */
export function targetGroupEntity(
  resource: TargetGroup,
  context: EntityContext,
): ResourceEntity {
  const type = latticeResourceTypes.targetGroup;
  return resourceEntity({ resource, type, context });
}
