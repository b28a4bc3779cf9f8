import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  ANNOTATION_AWS_ARN,
  latticeResourceTypes,
  parseArn,
} from '@lattice-portal/plugin-lattice-common';
import { ownerOfEntity, placeOfEntities, sourceUrlsOf } from '../entityFacts';

/** Value of `spec.type` of the component that the repository of a service network registers. */
const NETWORK_COMPONENT_TYPE = 'service-network';

/** How the template calls a network's provisioned product, and its component. */
const PREFIX = 'network-';

/** All that is known of a service network that is to be retired. */
export interface NetworkToRetire {
  /** Name of the service network. */
  name: string;
  /** Absent: the estate has it no more. */
  arn?: string;
  /** Name of the provisioned product. */
  productName: string;
  /** Entity reference. */
  owner: string;
  /** 12 digits. */
  accountId: string;
  region: string;
  /** What its repository registered. Absent: nothing did. */
  component?: Entity;
  /** Addresses that may lead to the repository. */
  sourceUrls: string[];
}

/** Whether an entity is a service network of the estate. */
function isNetworkResource({ kind, spec }: Entity): boolean {
  return (
    kind.toLowerCase() === 'resource' &&
    spec?.type === latticeResourceTypes.serviceNetwork
  );
}

/** Whether an entity is what the repository of a service network registered. */
function isNetworkComponent({ kind, spec }: Entity): boolean {
  return (
    kind.toLowerCase() === 'component' && spec?.type === NETWORK_COMPONENT_TYPE
  );
}

/**
 * Takes what has to be removed from what the catalog knows of a service network: the resource of the estate, and the
 * component that its repository registered. Either may be chosen, as the resource goes by itself once AWS has the
 * network no more.
 *
 * @throws InputError when the entity is neither, or the catalog doesn't tell enough
 */
export function networkToRetire(options: {
  /** As chosen. */
  entity: Entity;
  /** What it depends on, what depends on it, and the component that its repository would have registered. */
  related: Entity[];
}): NetworkToRetire {
  const { entity, related } = options;
  const all = [entity, ...related];
  const resource = all.find(isNetworkResource);
  if (!isNetworkComponent(entity) && !isNetworkResource(entity)) {
    throw new InputError(
      `${stringifyEntityRef(
        entity,
      )} is no service network: neither a resource of type ${
        latticeResourceTypes.serviceNetwork
      } nor a component of type ${NETWORK_COMPONENT_TYPE}`,
    );
  }
  const arn = resource?.metadata.annotations?.[ANNOTATION_AWS_ARN];
  const inArn = arn === undefined ? undefined : parseArn(arn);
  const name =
    resource?.metadata.title ??
    resource?.metadata.name ??
    withoutPrefix(entity.metadata.name);
  const owner = ownerOfEntity(entity);
  // Anybody can register a component of that name; of another owner it tells nothing of the network.
  const component = all.find(
    candidate =>
      isNetworkComponent(candidate) &&
      candidate.metadata.name === `${PREFIX}${name}` &&
      ownerOfEntity(candidate) === owner,
  );
  return {
    ...placeOfEntities({ entities: [entity, ...related], ...inArn }),
    name,
    arn,
    productName: `${PREFIX}${name}`,
    owner,
    component,
    sourceUrls: component ? sourceUrlsOf(component) : [],
  };
}

/** Reference of the component that a network's repository registers. */
export function networkComponentRef({ metadata }: Entity): string {
  return `component:default/${PREFIX}${metadata.title ?? metadata.name}`;
}

function withoutPrefix(name: string): string {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
}
