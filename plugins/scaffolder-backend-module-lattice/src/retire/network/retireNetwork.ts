import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { LatticeApi } from '@lattice-portal/plugin-lattice-common';
import type { AwsAccess } from '@lattice-portal/plugin-lattice-node';
import type { SourceRepositories } from '../../git/GitRepositories';
import {
  findProvisionedProduct,
  type ProvisionedProduct,
} from '../../serviceCatalog/findProvisionedProduct';
import type { ProductProvisioner } from '../../serviceCatalog/ProductProvisioner';
import type { ProvisioningClients } from '../../serviceCatalog/ProvisioningClients';
import { readStackParameters } from '../../serviceCatalog/readStackParameters';
import { stackNameOf } from '../../serviceCatalog/stackNameOf';
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
  isAboutNetwork,
  plannedGrants,
  revokeAround,
} from '../revokeGrants';
import { describeLogs } from './describeLogs';
import type { NetworkToRetire } from './NetworkToRetire';
import {
  type NetworkContents,
  readNetworkContents,
} from './readNetworkContents';

/**
 * Finds all that belongs to a service network, then removes it, unless something is in it still: grants first, so that
 * no statement outlives it; what its repository registered last, as a second run can start from that.
 *
 * @throws ConflictError before anything is removed, when something is in it or isn't the owner's
 * @throws an error that says what is left, once something could not be removed
 */
export async function retireNetwork(options: {
  network: NetworkToRetire;
  aws: AwsAccess;
  clients: ProvisioningClients;
  provisioner: ProductProvisioner;
  catalog: CatalogService;
  credentials: BackstageCredentials;
  lattice: Pick<LatticeApi, 'listAccessRequests' | 'actOnAccessRequest'>;
  repositories?: SourceRepositories;
  token: string;
  /** Whether the product may be somebody else's than the network. */
  anyOwner: boolean;
  onlyShow: boolean;
  onStep: (step: RetireStep) => void;
  log: (line: string) => void;
}): Promise<void> {
  const { network, provisioner, lattice, onStep, log } = options;
  const found = await findAll(options);
  const { product, grants, logs, repository, entities } = found;
  const hindrances = hindrancesOf(found);
  if (options.onlyShow) {
    describeAll({ ...found, network, hindrances }).forEach(onStep);
    return;
  }
  if (hindrances.length) {
    throw new ConflictError(
      `Service network ${network.name} can't be retired yet: ${hindrances.join(
        ' ',
      )} Nothing was removed.`,
    );
  }
  await revokeAround({
    lattice,
    grants,
    onStep,
    log,
    name: network.name,
    comment: 'The service network is retired',
    remove: async () =>
      onStep(
        product
          ? await retireProduct({ provisioner, product, token: options.token })
          : noProduct(network),
      ),
  });
  if (logs) {
    onStep(logs);
  }
  onStep(
    await archiveRepository({
      ...options,
      repository,
      sourceUrls: network.sourceUrls,
    }),
  );
  onStep(
    entities
      ? await removeEntities({ ...options, found: entities })
      : noEntities(),
  );
}

type Found = Awaited<ReturnType<typeof findAll>>;

async function findAll(options: Parameters<typeof retireNetwork>[0]) {
  const { network, aws, clients, lattice, catalog, credentials } = options;
  const { arn, productName, accountId, component, owner } = network;
  const place = options.provisioner.place;
  const [product, entities] = await Promise.all([
    findProvisionedProduct({ ...clients, product: { name: productName } }),
    component &&
      findEntities({ catalog, entity: component, owner, credentials }),
  ]);
  if (product && !options.anyOwner) {
    checkSameOwner({ product, owner });
  }
  const networkArn = arn ?? product?.outputs.ServiceNetworkArn;
  const contents =
    networkArn === undefined
      ? undefined
      : await readNetworkContents({ aws, place, networkArn });
  checkMadeHere({ network, product, isThere: contents !== undefined });
  return {
    product,
    entities,
    contents,
    grants: networkArn
      ? await findGrants({ lattice, isAbout: isAboutNetwork(networkArn) })
      : [],
    logs:
      product &&
      describeLogs({
        ...product,
        parameters: await readStackParameters({
          ...clients,
          stackName: stackNameOf({ accountId }, product.id),
        }),
      }),
    repository: repositoryOf({ ...options, ...network }),
  };
}

/**
 * A product may have the name of the network's without having made it.
 *
 * @throws ConflictError when the network is there, and no product of the portal made it
 */
function checkMadeHere(options: {
  network: NetworkToRetire;
  product: ProvisionedProduct | undefined;
  isThere: boolean;
}): void {
  const { network, product, isThere } = options;
  const { arn, name, productName, accountId } = network;
  const made = product?.outputs.ServiceNetworkArn;
  if (product && made !== undefined && arn !== undefined && made !== arn) {
    throw new ConflictError(
      `Provisioned product ${productName} of account ${accountId} made ${made}, not ${arn}. Nothing was removed: remove ${arn} where it was made.`,
    );
  }
  if (!product && isThere) {
    throw new ConflictError(
      `Account ${accountId} has no provisioned product ${productName}, so no template of this portal made service network ${name}. Nothing was removed: remove it where it was made.`,
    );
  }
}

/** What has to be done first, each a sentence or two. */
function hindrancesOf({ contents, product }: Found): string[] {
  if (!contents) {
    return [];
  }
  const { associations } = contents;
  const others = othersShares({ contents, product });
  return [
    ...(associations.length
      ? [
          `In it are ${associations.join(
            ', ',
          )}. Take them out first, with the templates Retire a service and Take a VPC out of a service network or where they were put in.`,
        ]
      : []),
    ...others.map(
      ({ arn, principals }) =>
        `It is shared by ${arn}, which its product didn't make, with ${principals.join(
          ', ',
        )}. Take it out of that share first.`,
    ),
  ];
}

/** Shares that don't go with the product. */
function othersShares(options: {
  contents: NetworkContents;
  product: ProvisionedProduct | undefined;
}) {
  const { contents, product } = options;
  return contents.shares.filter(
    ({ arn }) => arn !== product?.outputs.ResourceShareArn,
  );
}

function noProduct({ accountId, productName }: NetworkToRetire): RetireStep {
  return {
    what: 'product',
    result: 'nothing',
    message: `Account ${accountId} has no provisioned product ${productName}`,
  };
}

function noEntities(): RetireStep {
  return {
    what: 'entities',
    result: 'nothing',
    message:
      'No repository registered it. The resource itself leaves the catalog by the next read of the estate',
  };
}

function describeAll(
  options: Found & { network: NetworkToRetire; hindrances: string[] },
): RetireStep[] {
  const { network, hindrances, contents, product, logs } = options;
  const { grants, repository, entities } = options;
  const shared = (contents?.shares ?? [])
    .filter(({ arn }) => arn === product?.outputs.ResourceShareArn)
    .flatMap(({ principals }) => principals);
  return [
    {
      what: 'contents',
      result: hindrances.length ? 'left' : 'nothing',
      message: hindrances.join(' ') || 'Nothing is in it',
    },
    ...(shared.length
      ? [
          plannedStep(
            'share',
            `To end: its share with ${shared.join(', ')}`,
            '',
          ),
        ]
      : []),
    plannedGrants(grants),
    plannedStep(
      'product',
      product &&
        `To remove: provisioned product ${product.name} (${product.id}) of account ${network.accountId} with all it made`,
      noProduct(network).message,
    ),
    ...(logs ? [logs] : []),
    plannedRepository(repository),
    entities ? plannedEntities(entities) : noEntities(),
  ];
}
