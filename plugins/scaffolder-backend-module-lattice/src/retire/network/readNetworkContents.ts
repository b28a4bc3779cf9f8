import { paginateListPrincipals, RAMClient } from '@aws-sdk/client-ram';
import {
  paginateListServiceNetworkResourceAssociations,
  paginateListServiceNetworkServiceAssociations,
  paginateListServiceNetworkVpcAssociations,
  paginateListServiceNetworkVpcEndpointAssociations,
  VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import { toError } from '@backstage/errors';
import type { AwsAccess } from '@lattice-portal/plugin-lattice-node';
import { allOf } from '../../allOf';
import type { ProvisioningPlace } from '../../serviceCatalog/ProvisioningClients';

/** What AWS has in a service network, and with whom it is shared. */
export interface NetworkContents {
  /** What has to go first, each in words: `service orders of account 223344556677`. */
  associations: string[];
  /** By resource share. */
  shares: NetworkShare[];
}

/** A share of AWS Resource Access Manager that holds the network. */
export interface NetworkShare {
  arn: string;
  /** Account ids, ARNs of organizational units or the organization. */
  principals: string[];
}

/**
 * Reads, in the account that owns a service network, what is in it.
 *
 * @returns undefined when there is no such network
 * @throws what AWS answers: what can't be read is not taken for empty
 */
export async function readNetworkContents(options: {
  aws: AwsAccess;
  place: ProvisioningPlace;
  networkArn: string;
}): Promise<NetworkContents | undefined> {
  const { aws, place, networkArn } = options;
  const client = aws.client({
    type: VPCLatticeClient,
    ...place,
    role: 'reader',
  });
  const network = { serviceNetworkIdentifier: networkArn };
  try {
    const associations = await Promise.all([
      allOf(
        paginateListServiceNetworkServiceAssociations({ client }, network),
        ({ items }) =>
          items?.map(({ serviceName, serviceArn, status }) =>
            describe(
              `service ${serviceName ?? serviceArn}`,
              accountOf(serviceArn),
              status,
            ),
          ),
      ),
      allOf(
        paginateListServiceNetworkVpcAssociations({ client }, network),
        ({ items }) =>
          items?.map(({ vpcId, arn, status }) =>
            describe(`VPC ${vpcId}`, accountOf(arn), status),
          ),
      ),
      allOf(
        paginateListServiceNetworkVpcEndpointAssociations({ client }, network),
        ({ items }) =>
          items?.map(({ vpcEndpointId, vpcEndpointOwnerId, state }) =>
            describe(`endpoint ${vpcEndpointId}`, vpcEndpointOwnerId, state),
          ),
      ),
      allOf(
        paginateListServiceNetworkResourceAssociations({ client }, network),
        ({ items }) =>
          items?.map(
            ({
              resourceConfigurationName: name,
              resourceConfigurationArn: arn,
              status,
            }) =>
              describe(
                `resource configuration ${name ?? arn}`,
                accountOf(arn),
                status,
              ),
          ),
      ),
    ]);
    const shares = await readShares(options);
    return { associations: associations.flat().sort(), shares };
  } catch (error) {
    if (toError(error).name === 'ResourceNotFoundException') {
      return undefined;
    }
    throw error;
  }
}

async function readShares(options: {
  aws: AwsAccess;
  place: ProvisioningPlace;
  networkArn: string;
}): Promise<NetworkShare[]> {
  const { aws, place, networkArn: resourceArn } = options;
  const client = aws.client({ type: RAMClient, ...place, role: 'reader' });
  const found = await allOf(
    paginateListPrincipals({ client }, { resourceOwner: 'SELF', resourceArn }),
    ({ principals }) => principals,
  );
  const shares = new Map<string, string[]>();
  for (const { resourceShareArn: arn, id } of found) {
    if (arn && id) {
      shares.set(arn, [...(shares.get(arn) ?? []), id]);
    }
  }
  return [...shares].map(([arn, principals]) => ({
    arn,
    principals: principals.sort(),
  }));
}

function accountOf(arn: string | undefined): string | undefined {
  return arn?.split(':')[4];
}

function describe(
  what: string,
  accountId: string | undefined,
  status: string | undefined,
): string {
  const isUsual = status === undefined || /^(active|available)$/i.test(status);
  return [
    what,
    ...(accountId ? [`of account ${accountId}`] : []),
    ...(isUsual ? [] : [`(${status})`]),
  ].join(' ');
}
