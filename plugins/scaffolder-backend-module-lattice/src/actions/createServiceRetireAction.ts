import { VPCLatticeClient } from '@aws-sdk/client-vpc-lattice';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { type Entity, RELATION_DEPENDS_ON } from '@backstage/catalog-model';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  type LatticeBackendOptions,
  latticeClientFor,
} from '../accessRequests/latticeClientFor';
import type { SourceRepositories } from '../git/GitRepositories';
import { controlledServices } from '../clusters/ControlledService';
import type { RetireStep } from '../retire/RetireStep';
import { retireService } from '../retire/retireService';
import { serviceToRetire } from '../retire/ServiceToRetire';
import type { RunningUser } from '../serviceCatalog/checkMayProvision';
import { idempotencyToken } from '../serviceCatalog/idempotencyToken';
import { ProductProvisioner } from '../serviceCatalog/ProductProvisioner';
import { provisioningClients } from '../serviceCatalog/ProvisioningClients';
import { authorOf } from './authorOf';
import type { ProvisioningOptions } from './ProvisioningOptions';
import {
  serviceRetireExamples,
  serviceRetireInput,
  serviceRetireOutput,
} from './serviceRetireSchema';

/**
 * What the action that retires services works with.
 *
 * @public
 */
export interface ServiceRetireOptions
  extends ProvisioningOptions,
    LatticeBackendOptions {
  catalog: CatalogService;
  /** Absent: repositories are left alone. */
  repositories?: SourceRepositories;
  /** Whether a user is of an owner's group, or of one that may act for everybody. */
  mayActFor: (user: RunningUser | undefined, owner: string) => boolean;
  /** Whether a user may act for everybody. */
  mayActForAll: (user: RunningUser | undefined) => boolean;
}

/**
 * The action `lattice:service:retire`: ends the access requests of a service, has its clusters let go of it,
 * removes its product, archives its repository and takes it out of the catalog, in that order. What is gone already is no error, so after a failure it
 * goes on where it stopped when it is run again.
 *
 * @public
 */
export function createServiceRetireAction(options: ServiceRetireOptions) {
  const { aws, catalog, pollIntervalSeconds } = options;
  return createTemplateAction({
    id: 'lattice:service:retire',
    description:
      'Removes a service on VPC Lattice with everything that belongs to it; the repository is archived.',
    examples: serviceRetireExamples,
    supportsDryRun: true,
    schema: { input: serviceRetireInput, output: serviceRetireOutput },
    async handler(ctx) {
      const { entityRef, confirm, onlyShow } = ctx.input;
      const log = (line: string) => ctx.logger.info(line);
      const credentials = await ctx.getInitiatorCredentials();
      const entity = await findComponent({ catalog, entityRef, credentials });
      if (confirm !== entity.metadata.name) {
        throw new InputError(
          `The name typed is '${confirm}', the component is '${entity.metadata.name}'. Nothing was removed.`,
        );
      }
      const service = serviceToRetire({
        ...ctx.input,
        entity,
        dependencies: await dependenciesOf({ catalog, entity, credentials }),
      });
      const { accountId, region, owner, name } = service;
      if (!options.mayActFor(ctx.user, owner)) {
        throw new NotAllowedError(
          `Only members of ${owner} or of a platform group can retire ${entityRef}`,
        );
      }
      options.checkMayProvision({ user: ctx.user, accountId });
      const clients = provisioningClients({ aws, accountId, region });
      const steps: RetireStep[] = [];
      await retireService({
        service,
        entity,
        clients,
        catalog,
        credentials,
        log,
        pollIntervalSeconds,
        author: authorOf(ctx.user),
        controlledServices: controlledServices({
          accountId,
          client: aws.client({
            type: VPCLatticeClient,
            accountId,
            region,
            role: 'reader',
          }),
        }),
        repositories: options.repositories,
        repository: ctx.input.repository,
        lattice: latticeClientFor({ ...options, credentials }),
        provisioner: ProductProvisioner.create({
          clients,
          place: { accountId, region },
          pollIntervalSeconds,
          log,
        }),
        token: idempotencyToken(
          ctx.task.id,
          ctx.step?.id ?? '',
          'retire',
          name,
        ),
        anyOwner: options.mayActForAll(ctx.user),
        onlyShow: onlyShow || ctx.isDryRun === true,
        onStep: step => {
          log(`${step.what}: ${step.result}. ${step.message}`);
          steps.push(step);
          ctx.output('steps', steps);
          ctx.output('summary', summaryOf(steps));
        },
      });
    },
  });
}

async function findComponent(options: {
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
  if (entity.kind.toLowerCase() !== 'component') {
    throw new InputError(`${entityRef} is no component`);
  }
  return entity;
}

async function dependenciesOf(options: {
  catalog: CatalogService;
  entity: Entity;
  credentials: BackstageCredentials;
}): Promise<Entity[]> {
  const { catalog, entity, credentials } = options;
  const entityRefs = (entity.relations ?? [])
    .filter(({ type }) => type === RELATION_DEPENDS_ON)
    .map(({ targetRef }) => targetRef);
  if (entityRefs.length === 0) {
    return [];
  }
  const { items } = await catalog.getEntitiesByRefs(
    { entityRefs },
    { credentials },
  );
  return items.flatMap(item => item ?? []);
}

function summaryOf(steps: RetireStep[]): string {
  return steps
    .map(({ what, result, message }) => `- **${what}** (${result}): ${message}`)
    .join('\n');
}
