import {
  paginateGetResourceShares,
  paginateListPrincipals,
  paginateListResources,
  RAMClient,
} from '@aws-sdk/client-ram';
import type { ResourceShare } from '@lattice-portal/plugin-lattice-common';
import { parseArn } from '@lattice-portal/plugin-lattice-common';
import { allItems, type EstateReading } from '../EstateReading';

const resourceOwner = 'SELF';

/** What the account shares of VPC Lattice, and with whom. */
export async function readResourceShares(
  reading: EstateReading,
): Promise<ResourceShare[] | undefined> {
  return reading.attempt('resourceShares', async () => {
    const paging = { client: reading.client(RAMClient) };
    const shares = await allItems(
      paginateGetResourceShares(
        paging,
        { resourceOwner, resourceShareStatus: 'ACTIVE' },
        reading.callOptions,
      ),
      page => page.resourceShares,
    );
    const resources = await allItems(
      paginateListResources(paging, { resourceOwner }, reading.callOptions),
      page => page.resources,
    );
    const principals = await allItems(
      paginateListPrincipals(paging, { resourceOwner }, reading.callOptions),
      page => page.principals,
    );
    return shares
      .map(({ resourceShareArn = '', name = '' }) => ({
        arn: resourceShareArn,
        name,
        accountId: reading.accountId,
        resourceArns: resources
          .filter(resource => resource.resourceShareArn === resourceShareArn)
          .map(resource => resource.arn ?? ''),
        principals: principals
          .filter(principal => principal.resourceShareArn === resourceShareArn)
          .map(principal => principal.id ?? ''),
      }))
      .filter(share =>
        share.resourceArns.some(
          arn => parseArn(arn)?.service === 'vpc-lattice',
        ),
      );
  });
}
