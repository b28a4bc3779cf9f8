import {
  paginateListAccessLogSubscriptions,
  paginateListServiceNetworkVpcAssociations,
  paginateListServiceNetworkVpcEndpointAssociations,
  VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import { ConflictError } from '@backstage/errors';
import { parseArn } from '@lattice-portal/plugin-lattice-common';
import type { AwsAccess } from '@lattice-portal/plugin-lattice-node';
import { allOf } from '../../allOf';
import { reading } from '../../checks/Reading';
import {
  findProvisionedProduct,
  type ProvisionedProduct,
} from '../../serviceCatalog/findProvisionedProduct';
import { readStackParameters } from '../../serviceCatalog/readStackParameters';
import { stackNameOf } from '../../serviceCatalog/stackNameOf';
import type { Retirement } from '../Retirement';
import { plannedProduct, retireProduct } from '../retireProduct';
import type { RetireStep } from '../RetireStep';
import { type CallersFromVpc, callersFromVpc } from './callersFromVpc';

const DAY = 24 * 60 * 60 * 1000;

/** What taking a VPC out of a service network works with. */
export interface VpcLeave
  extends Pick<
    Retirement,
    'clients' | 'provisioner' | 'lattice' | 'token' | 'onlyShow' | 'onStep'
  > {
  aws: AwsAccess;
  vpcId: string;
  serviceNetworkArn: string;
  /** By what it is in. */
  way: 'association' | 'endpoint';
  provisionedProductName: string;
  /** How far back calls count. */
  days: number;
  /** Whether it goes although somebody would lose access, or that is unknown. */
  evenIfUsed: boolean;
  /**
   * @throws NotAllowedError when the user may not remove what was made for the owner
   */
  checkMayRemove: (owner: string | undefined) => void;
}

/**
 * Takes a VPC out of a service network: tells who called from it lately, then removes the product that let it in.
 *
 * @throws ConflictError before anything is removed, when another product has that name, when the VPC is in the network
 * by other means, or when callers would lose access and nobody said that they may
 */
export async function leaveVpc(options: VpcLeave): Promise<void> {
  const { clients, provisioner, provisionedProductName } = options;
  const { vpcId, way, days, onlyShow, onStep } = options;
  const product = await findProvisionedProduct({
    ...clients,
    product: { name: provisionedProductName },
  });
  if (!product) {
    await checkNotIn(options);
    onStep({
      what: 'product',
      result: 'nothing',
      message: `Account ${provisioner.place.accountId} has no provisioned product ${provisionedProductName}, and ${vpcId} is not in the service network by an ${way}`,
    });
    return;
  }
  options.checkMayRemove(product.origin?.owner);
  await checkSameVpc({ ...options, product });
  const found = await findCallers({ ...options, product });
  const callers = describeCallers({ found, vpcId, days });
  if (!onlyShow && !options.evenIfUsed && callers.result === 'left') {
    throw new ConflictError(
      `${vpcId} stays in the service network. ${callers.message}. Let them go first, or choose to take it out whoever loses access. Nothing was removed.`,
    );
  }
  onStep(callers);
  onStep(
    onlyShow
      ? plannedProduct({
          ...provisioner.place,
          productName: product.name,
          product,
        })
      : await retireProduct({ provisioner, product, token: options.token }),
  );
}

/** What was let in otherwise is not the portal's to remove. */
async function checkNotIn(options: VpcLeave): Promise<void> {
  const { vpcId, serviceNetworkArn, way } = options;
  const client = latticeOf(options, options.provisioner.place);
  const network = { serviceNetworkIdentifier: serviceNetworkArn };
  const others =
    way === 'association'
      ? await allOf(
          paginateListServiceNetworkVpcAssociations(
            { client },
            { ...network, vpcIdentifier: vpcId },
          ),
          ({ items }) => items?.flatMap(({ arn }) => arn ?? []),
        )
      : await allOf(
          paginateListServiceNetworkVpcEndpointAssociations(
            { client },
            network,
          ),
          ({ items }) =>
            items
              ?.filter(item => item.vpcId === vpcId)
              .flatMap(({ vpcEndpointId }) => vpcEndpointId ?? []),
        );
  if (others.length) {
    throw new ConflictError(
      `${vpcId} is in the service network by ${others.join(
        ', ',
      )}, which no template of this portal made. Nothing was removed: remove it where it was made.`,
    );
  }
}

async function checkSameVpc(
  options: VpcLeave & { product: ProvisionedProduct },
): Promise<void> {
  const { clients, provisioner, product, vpcId, serviceNetworkArn } = options;
  const { VpcId, ServiceNetworkArn } = await readStackParameters({
    ...clients,
    stackName: stackNameOf(provisioner.place, product.id),
  });
  if (
    (VpcId !== undefined && VpcId !== vpcId) ||
    (ServiceNetworkArn !== undefined && ServiceNetworkArn !== serviceNetworkArn)
  ) {
    throw new ConflictError(
      `Provisioned product ${product.name} lets ${VpcId} into ${ServiceNetworkArn}, not ${vpcId} into ${serviceNetworkArn}. Nothing was removed: choose that service network.`,
    );
  }
}

async function findCallers(
  options: VpcLeave & { product: ProvisionedProduct },
): Promise<CallersFromVpc> {
  const { lattice, days, product, vpcId, serviceNetworkArn } = options;
  const { accountId = '', region = '' } = parseArn(serviceNetworkArn) ?? {};
  const from = Date.now() - days * DAY;
  // Before it was let in, nobody called from there.
  const calledFrom = Math.max(from, product.createdAt ?? from);
  const [map, destinations] = await Promise.all([
    reading(() =>
      lattice.getMap({
        from: new Date(from).toISOString(),
        to: new Date().toISOString(),
      }),
    ),
    reading(() =>
      allOf(
        paginateListAccessLogSubscriptions(
          { client: latticeOf(options, { accountId, region }) },
          { resourceIdentifier: serviceNetworkArn },
        ),
        ({ items }) =>
          items
            ?.filter(({ serviceNetworkLogType: type }) => type !== 'RESOURCE')
            .flatMap(({ destinationArn }) => destinationArn ?? []),
      ),
    ),
  ]);
  return map.status === 'read'
    ? callersFromVpc({
        map: map.value,
        vpcId,
        serviceNetworkArn,
        from: calledFrom,
        destinations,
      })
    : { callers: [], unknown: `the map can't be read (${map.reason})` };
}

function latticeOf(
  { aws }: VpcLeave,
  place: { accountId: string; region: string },
): VPCLatticeClient {
  return aws.client({ type: VPCLatticeClient, ...place, role: 'reader' });
}

/** `left`: somebody would lose access, or that isn't known. */
function describeCallers(options: {
  found: CallersFromVpc;
  vpcId: string;
  days: number;
}): RetireStep {
  const { found, vpcId, days } = options;
  const { callers, unknown } = found;
  const window = `in the last ${days} days`;
  const sentences = [
    ...(callers.length
      ? [
          `Would lose access, as they called from it ${window}: ${callers.join(
            '; ',
          )}`,
        ]
      : []),
    ...(unknown
      ? [
          `Whether ${
            callers.length ? 'others' : 'anybody'
          } called from it ${window} is unknown: ${unknown}`,
        ]
      : []),
  ];
  return sentences.length
    ? { what: 'callers', result: 'left', message: sentences.join('. ') }
    : {
        what: 'callers',
        result: 'nothing',
        message: `Nobody called from ${vpcId} to services you may see of that network ${window}`,
      };
}
