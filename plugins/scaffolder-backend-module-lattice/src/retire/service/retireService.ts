import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { stringifyError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { LatticeApi } from '@lattice-portal/plugin-lattice-common';
import type { ControlledServices } from '../../clusters/ControlledService';
import type { SourceRepositories } from '../../git/GitRepositories';
import { findProvisionedProduct } from '../../serviceCatalog/findProvisionedProduct';
import type { ProductProvisioner } from '../../serviceCatalog/ProductProvisioner';
import type { ProvisioningClients } from '../../serviceCatalog/ProvisioningClients';
import {
  archiveRepository,
  plannedRepository,
  repositoryOf,
} from '../archiveRepository';
import {
  findEntities,
  plannedEntities,
  removeEntities,
} from '../removeEntities';
import { checkSameOwner, retireProduct } from '../retireProduct';
import { plannedStep, type RetireStep } from '../RetireStep';
import {
  findGrants,
  isAboutService,
  plannedGrants,
  revokeAround,
} from '../revokeGrants';
import { findCalls } from './findCalls';
import { findRoles } from './findRoles';
import { retireWorkload } from './retireWorkload';
import type { ServiceToRetire } from './ServiceToRetire';

/**
 * Finds all that belongs to a service, then removes it: grants first, so that no statement outlives the service; what
 * clusters hold before the product that their pods need; the catalog's entities last, as they are what a second run starts from.
 *
 * @throws ConflictError before anything is removed, when something isn't the owner's
 * @throws an error that says what is left, once something could not be removed
 */
export async function retireService(options: {
  service: ServiceToRetire;
  entity: Entity;
  clients: ProvisioningClients;
  provisioner: ProductProvisioner;
  catalog: CatalogService;
  credentials: BackstageCredentials;
  lattice: Pick<LatticeApi, 'listAccessRequests' | 'actOnAccessRequest'>;
  /** Services that clusters made. */
  controlledServices: ControlledServices;
  repositories?: SourceRepositories;
  /** Name of the repository, where the entity doesn't tell. */
  repository?: string;
  /** Who signs what is written into it. */
  author: { name: string; email: string };
  pollIntervalSeconds: number;
  token: string;
  /** Whether the product may be somebody else's than the component. */
  anyOwner: boolean;
  onlyShow: boolean;
  onStep: (step: RetireStep) => void;
  log: (line: string) => void;
}): Promise<void> {
  const { service, lattice, onStep, log } = options;
  const found = await findAll(options);
  const { grants, repository, entities } = found;
  if (options.onlyShow) {
    describeAll({ ...options, ...found }).forEach(onStep);
    return;
  }
  await revokeAround({
    lattice,
    grants,
    onStep,
    log,
    name: service.name,
    comment: 'The service is retired',
    remove: () => removeFromAws({ ...options, ...found }),
  });
  onStep(
    await archiveRepository({
      ...options,
      repository,
      sourceUrls: service.sourceUrls,
    }),
  );
  onStep(await removeEntities({ ...options, found: entities }));
}

/** What clusters hold goes before the product, which their pods need; what hangs on its roles, too. */
async function removeFromAws(
  options: Parameters<typeof retireService>[0] & Found,
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
      : noProduct(service),
  );
}

type Found = Awaited<ReturnType<typeof findAll>>;

async function findAll(options: Parameters<typeof retireService>[0]) {
  const { service, clients, lattice, catalog, entity, credentials } = options;
  const { accountId, region, name, owner } = service;
  const [product, controlled, entities] = await Promise.all([
    findProvisionedProduct({ ...clients, product: { name } }),
    options.controlledServices.find(name),
    findEntities({ catalog, entity, owner, credentials }),
  ]);
  if (product && !options.anyOwner) {
    checkSameOwner({ product, owner });
  }
  const serviceArn = product?.outputs.ServiceArn ?? controlled?.arn;
  const roleArns = product
    ? await findRoles({
        ...clients,
        accountId,
        stackName: `SC-${accountId}-${product.id}`,
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
    plannedStep(
      'product',
      product &&
        `To remove: provisioned product ${product.name} (${product.id}) of account ${service.accountId} with all it made`,
      noProduct(service).message,
    ),
    plannedRepository(repository),
    plannedEntities(entities),
  ];
}

function noProduct({ accountId, name }: ServiceToRetire): RetireStep {
  return {
    what: 'product',
    result: 'nothing',
    message: `Account ${accountId} has no provisioned product ${name}`,
  };
}
