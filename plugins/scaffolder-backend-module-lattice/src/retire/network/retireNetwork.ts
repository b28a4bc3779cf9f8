import { ConflictError } from '@backstage/errors';
import type { AwsAccess } from '@lattice-portal/plugin-lattice-node';
import type { ProvisionedProduct } from '../../serviceCatalog/findProvisionedProduct';
import { readStackParameters } from '../../serviceCatalog/readStackParameters';
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
import { findGrants, isAboutNetwork, plannedGrants } from '../revokeGrants';
import { describeLogs } from './describeLogs';
import type { NetworkToRetire } from './NetworkToRetire';
import {
  type NetworkContents,
  readNetworkContents,
} from './readNetworkContents';

/** What retiring a service network works with. */
export interface NetworkRetirement extends Retirement {
  network: NetworkToRetire;
  aws: AwsAccess;
}

/**
 * Finds all that belongs to a service network, then removes it, unless something is in it still.
 *
 * @throws ConflictError before anything is removed, when something is in it or isn't the owner's
 * @throws an error that says what is left, once something could not be removed
 */
export async function retireNetwork(options: NetworkRetirement): Promise<void> {
  const { network, provisioner, token, onStep } = options;
  const found = await findAll(options);
  const { product, logs } = found;
  const hindrances = hindrancesOf(found);
  if (hindrances.length && !options.onlyShow) {
    throw new ConflictError(
      `Service network ${network.name} can't be retired yet: ${hindrances.join(
        ' ',
      )} Nothing was removed.`,
    );
  }
  await retireInOrder({
    ...options,
    ...found,
    name: network.name,
    what: 'service network',
    sourceUrls: network.sourceUrls,
    entities: found.entities ?? noEntities(),
    plan: () => describeAll({ ...found, network, hindrances }),
    removeFromAws: async () => {
      onStep(
        product
          ? await retireProduct({ provisioner, product, token })
          : noProduct(network),
      );
      if (logs) {
        onStep(logs);
      }
    },
  });
}

type Found = Awaited<ReturnType<typeof findAll>>;

async function findAll(options: NetworkRetirement) {
  const { network, aws, clients, lattice, catalog, credentials } = options;
  const { arn, productName, accountId, component, owner } = network;
  const place = options.provisioner.place;
  const [product, entities] = await Promise.all([
    findProductOf({ ...options, productName, owner }),
    component &&
      findEntities({ catalog, entity: component, owner, credentials }),
  ]);
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
    plannedProduct({ ...network, product }),
    ...(logs ? [logs] : []),
    plannedRepository(repository),
    entities ? plannedEntities(entities) : noEntities(),
  ];
}
