import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { ConflictError, stringifyError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { LatticeApi } from '@lattice-portal/plugin-lattice-common';
import type { SourceRepositories } from '../git/GitRepositories';
import { findProvisionedProduct } from '../serviceCatalog/findProvisionedProduct';
import type { ProductProvisioner } from '../serviceCatalog/ProductProvisioner';
import type { ProvisioningClients } from '../serviceCatalog/ProvisioningClients';
import type { ControlledServices } from '../clusters/ControlledService';
import { findCalls } from './findCalls';
import { findRoles } from './findRoles';
import { findEntities, removeEntities } from './removeEntities';
import { checkSameOwner, retireProduct } from './retireProduct';
import type { RetireStep } from './RetireStep';
import { retireWorkload } from './retireWorkload';
import { describe, findGrants, revokeGrants } from './revokeGrants';
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
  const { service, provisioner, lattice, onStep, log } = options;
  const { product, controlled, calls, grants, repository, entities } =
    await findAll(options);
  if (options.onlyShow) {
    for (const step of describeAll({
      ...options,
      product,
      controlled,
      calls,
      grants,
      repository,
      entities,
    })) {
      onStep(step);
    }
    return;
  }
  const first = await revokeGrants({ lattice, grants, log });
  if (first.left.length === 0) {
    onStep(first.step);
  }
  if (controlled) {
    const { name } = service;
    onStep(
      await retireWorkload({
        ...options,
        name,
        repository,
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
      : {
          what: 'product',
          result: 'nothing',
          message: `Account ${service.accountId} has no provisioned product ${service.name}`,
        },
  );
  if (first.left.length > 0) {
    // The only statement of a policy can't be taken out of it, but it is gone with the service.
    const { items } = await lattice.listAccessRequests();
    const left = new Set(first.left.map(({ id }) => id));
    const again = items.filter(({ id }) => left.has(id));
    const second = await revokeGrants({ lattice, grants: again, log });
    onStep(second.step);
    if (second.left.length > 0) {
      throw new ConflictError(
        `${second.step.message}. Let their owners end them, then retire ${service.name} again.`,
      );
    }
  }
  onStep(await archiveRepository({ ...options, repository }));
  await removeEntities({ ...options, found: entities });
  onStep({
    what: 'entities',
    result: 'done',
    message: `Taken out of the catalog: ${namesOf(entities.entities)}`,
  });
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
    serviceArn,
    roleArns,
    place: { accountId, region, serviceName: name },
  });
  const repository =
    options.repository ??
    service.sourceUrls
      .flatMap(url => options.repositories?.nameOf(url) ?? [])
      .at(0);
  return { product, controlled, calls, grants, repository, entities };
}

async function archiveRepository(options: {
  repositories?: SourceRepositories;
  repository?: string;
  service: ServiceToRetire;
}): Promise<RetireStep> {
  const { repositories, repository, service } = options;
  const what = 'repository';
  if (!repositories || !repository) {
    return {
      what,
      result: 'left',
      message: `The entity tells no repository of the portal: archive by hand what there is (${
        service.sourceUrls.join(', ') || 'no address known'
      })`,
    };
  }
  const archived = await repositories.archive({ name: repository });
  const { browseUrl } = repositories.urls(repository);
  return archived === undefined
    ? { what, result: 'nothing', message: `There is no ${browseUrl}` }
    : {
        what,
        result: archived === 'archived' ? 'done' : 'nothing',
        message: `${browseUrl} is ${archived}`,
      };
}

function describeAll(
  options: Found & { service: ServiceToRetire },
): RetireStep[] {
  const { product, controlled, calls, grants, repository, entities, service } =
    options;
  const step = (
    what: RetireStep['what'],
    message: string | undefined,
    nothing: string,
  ): RetireStep => ({
    what,
    result: message === undefined ? 'nothing' : 'would be done',
    message: message ?? nothing,
  });
  return [
    step(
      'grants',
      grants.length ? `To end: ${grants.map(describe).join(', ')}` : undefined,
      'No access request is under way or in force',
    ),
    ...(controlled
      ? [
          step(
            'workload',
            `To take out of ${controlled.cluster} and what else runs it: service ${service.name}`,
            '',
          ),
        ]
      : []),
    ...(calls.length
      ? [
          step(
            'calls',
            `To remove: ${calls
              .map(({ name }) => name)
              .join(', ')}, which let it call other services`,
            '',
          ),
        ]
      : []),
    step(
      'product',
      product &&
        `To remove: provisioned product ${product.name} (${product.id}) of account ${service.accountId} with all it made`,
      `Account ${service.accountId} has no provisioned product ${service.name}`,
    ),
    step(
      'repository',
      repository && `To archive: ${repository}`,
      'The entity tells no repository of the portal',
    ),
    step(
      'entities',
      `To take out of the catalog: ${namesOf(entities.entities)}`,
      '',
    ),
  ];
}

function namesOf(entities: Entity[]): string {
  return entities
    .filter(({ kind }) => kind !== 'Location')
    .map(stringifyEntityRef)
    .sort()
    .join(', ');
}
