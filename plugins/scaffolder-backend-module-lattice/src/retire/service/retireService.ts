import type { Entity } from '@backstage/catalog-model';
import { stringifyError } from '@backstage/errors';
import type { ControlledServices } from '../../clusters/ControlledService';
import { stackNameOf } from '../../serviceCatalog/stackNameOf';
import { plannedRepository, repositoryOf } from '../archiveRepository';
import { findEntities, plannedEntities } from '../removeEntities';
import type { Retirement } from '../Retirement';
import { retireInOrder } from '../retireInOrder';
import {
  findProductOf,
  noProduct,
  plannedProduct,
  retireProduct,
} from '../retireProduct';
import { plannedStep, type RetireStep } from '../RetireStep';
import { findGrants, isAboutService, plannedGrants } from '../revokeGrants';
import { findCalls } from './findCalls';
import { findRoles } from './findRoles';
import { retireWorkload } from './retireWorkload';
import type { ServiceToRetire } from './ServiceToRetire';

/** What retiring a service works with. */
export interface ServiceRetirement extends Retirement {
  service: ServiceToRetire;
  entity: Entity;
  /** Services that clusters made. */
  controlledServices: ControlledServices;
  /** Name of the repository, where the entity doesn't tell. */
  repository?: string;
  /** Who signs what is written into it. */
  author: { name: string; email: string };
  pollIntervalSeconds: number;
}

/**
 * Finds all that belongs to a service, then removes it; what clusters hold goes before the product that their pods need.
 *
 * @throws ConflictError before anything is removed, when something isn't the owner's
 * @throws an error that says what is left, once something could not be removed
 */
export async function retireService(options: ServiceRetirement): Promise<void> {
  const { service } = options;
  const found = await findAll(options);
  await retireInOrder({
    ...options,
    ...found,
    name: service.name,
    what: 'service',
    sourceUrls: service.sourceUrls,
    plan: () => describeAll({ ...found, service }),
    removeFromAws: () => removeFromAws({ ...options, ...found }),
  });
}

/** What clusters hold goes before the product, which their pods need; what hangs on its roles, too. */
async function removeFromAws(
  options: ServiceRetirement & Found,
): Promise<void> {
  const { service, provisioner, product, controlled, calls, onStep } = options;
  if (controlled) {
    onStep(
      await retireWorkload({
        ...options,
        name: service.name,
        service: controlled,
        services: options.controlledServices,
      }),
    );
  }
  for (const call of calls) {
    onStep(
      await retireProduct({
        provisioner,
        product: call,
        token: `${options.token}-${call.id}`,
        what: 'calls',
      }),
    );
  }
  onStep(
    product
      ? await retireProduct({ provisioner, product, token: options.token })
      : noProduct(productOf(service)),
  );
}

type Found = Awaited<ReturnType<typeof findAll>>;

async function findAll(options: ServiceRetirement) {
  const { service, clients, lattice, catalog, entity, credentials } = options;
  const { accountId, region, name, owner } = service;
  const [product, controlled, entities] = await Promise.all([
    findProductOf({ ...options, productName: name, owner }),
    options.controlledServices.find(name),
    findEntities({ catalog, entity, owner, credentials }),
  ]);
  const serviceArn = product?.outputs.ServiceArn ?? controlled?.arn;
  const roleArns = product
    ? await findRoles({
        ...clients,
        accountId,
        stackName: stackNameOf({ accountId }, product.id),
        partition: serviceArn?.split(':')[1] ?? 'aws',
      }).catch(error => {
        options.log(
          `The roles of the stack can't be read, so access of its own to other services is not looked for: ${stringifyError(
            error,
          )}`,
        );
        return [];
      })
    : [];
  const calls = await findCalls({ ...clients, accountId, roleArns });
  const grants = await findGrants({
    lattice,
    isAbout: isAboutService({
      serviceArn,
      roleArns,
      place: { accountId, region, serviceName: name },
    }),
  });
  const repository =
    options.repository ?? repositoryOf({ ...options, ...service });
  return { product, controlled, calls, grants, repository, entities };
}

function describeAll(
  options: Found & { service: ServiceToRetire },
): RetireStep[] {
  const { product, controlled, calls, grants, repository, entities, service } =
    options;
  return [
    plannedGrants(grants),
    ...(controlled
      ? [
          plannedStep(
            'workload',
            `To take out of ${controlled.cluster} and what else runs it: service ${service.name}`,
            '',
          ),
        ]
      : []),
    ...(calls.length
      ? [
          plannedStep(
            'calls',
            `To remove: ${calls
              .map(({ name }) => name)
              .join(', ')}, which let it call other services`,
            '',
          ),
        ]
      : []),
    plannedProduct({ ...productOf(service), product }),
    plannedRepository(repository),
    plannedEntities(entities),
  ];
}

function productOf({ accountId, name }: ServiceToRetire) {
  return { accountId, productName: name };
}
