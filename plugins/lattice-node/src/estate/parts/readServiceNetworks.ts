import {
  GetServiceNetworkCommand,
  paginateListServiceNetworks,
  type ServiceNetworkSummary,
} from '@aws-sdk/client-vpc-lattice';
import type { ServiceNetwork } from '@lattice-portal/plugin-lattice-common';
import { allItems, type EstateReading } from '../EstateReading';
import { readAuthPolicy, readTags } from './readAuthPolicy';

/**
 * Networks the account owns, and those shared with it whose owner the portal does not read: of those
 * nobody else tells.
 */
export async function readServiceNetworks(
  reading: EstateReading,
): Promise<ServiceNetwork[] | undefined> {
  const summaries = await reading.attempt('serviceNetworks', () =>
    allItems(
      paginateListServiceNetworks(
        { client: reading.lattice },
        {},
        reading.callOptions,
      ),
      page => page.items,
    ),
  );
  return (
    summaries &&
    Promise.all(
      summaries
        .filter(({ arn }) => reading.owns(arn) || reading.isForeign(arn))
        .map(summary =>
          reading.owns(summary.arn)
            ? readOwn(reading, summary)
            : describeForeign(reading, summary),
        ),
    )
  );
}

async function readOwn(
  reading: EstateReading,
  summary: ServiceNetworkSummary,
): Promise<ServiceNetwork> {
  const { arn = '', id = '', name = id } = summary;
  const [detail, authPolicy, tags] = await Promise.all([
    reading.attempt(arn, () =>
      reading.lattice.send(
        new GetServiceNetworkCommand({ serviceNetworkIdentifier: arn }),
        reading.callOptions,
      ),
    ),
    readAuthPolicy(reading, arn),
    readTags(reading, arn),
  ]);
  const { accountId, region } = reading;
  const authType = detail?.authType;
  return { arn, id, name, accountId, region, tags, authType, authPolicy };
}

function describeForeign(
  reading: EstateReading,
  summary: ServiceNetworkSummary,
): ServiceNetwork {
  const { arn = '', id = '', name = id } = summary;
  const owner = reading.ownerOf(arn) ?? '';
  const reason = `Account ${owner}, which owns it, is not among the accounts the portal reads`;
  return {
    arn,
    id,
    name,
    accountId: owner,
    region: reading.region,
    authPolicy: { status: 'unreadable', reason },
  };
}
