import { EC2Client, paginateDescribeVpcs } from '@aws-sdk/client-ec2';
import type { Vpc } from '@lattice-portal/plugin-lattice-common';
import { allItems, type EstateReading } from '../EstateReading';

/** VPCs the account owns. A VPC whose subnets are shared with the account is its owner's. */
export async function readVpcs(
  reading: EstateReading,
): Promise<Vpc[] | undefined> {
  const { accountId, region } = reading;
  const vpcs = await reading.attempt('vpcs', () =>
    allItems(
      paginateDescribeVpcs(
        { client: reading.client(EC2Client) },
        {},
        reading.callOptions,
      ),
      page => page.Vpcs,
    ),
  );
  return vpcs
    ?.filter(({ OwnerId = accountId }) => OwnerId === accountId)
    .map(vpc => ({
      id: vpc.VpcId ?? '',
      accountId,
      region,
      name: vpc.Tags?.find(({ Key }) => Key === 'Name')?.Value,
      cidrBlock: vpc.CidrBlock,
    }));
}
