import {
  GetServiceCommand,
  paginateListServices,
  type ServiceSummary,
} from '@aws-sdk/client-vpc-lattice';
import type { Service } from '@lattice-portal/plugin-lattice-common';
import { allItems, type EstateReading } from '../EstateReading';
import { readAuthPolicy, readTags } from './readAuthPolicy';
import { readListeners } from './readListeners';

/**
 * Services the account owns. What is shared with it is left to its owner: AWS gives the details of a
 * service to nobody else.
 */
export async function readServices(
  reading: EstateReading,
): Promise<Service[] | undefined> {
  const summaries = await reading.attempt('services', () =>
    allItems(
      paginateListServices(
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
        .filter(({ arn }) => reading.owns(arn))
        .map(summary => readService(reading, summary)),
    )
  );
}

async function readService(
  reading: EstateReading,
  summary: ServiceSummary,
): Promise<Service> {
  const { arn = '', id = '', name = id } = summary;
  const [detail, authPolicy, tags, listeners] = await Promise.all([
    reading.attempt(arn, () =>
      reading.lattice.send(
        new GetServiceCommand({ serviceIdentifier: arn }),
        reading.callOptions,
      ),
    ),
    readAuthPolicy(reading, arn),
    readTags(reading, arn),
    readListeners(reading, arn),
  ]);
  return {
    arn,
    id,
    name,
    accountId: reading.accountId,
    region: reading.region,
    tags,
    authType: detail?.authType,
    authPolicy,
    status: detail?.status ?? summary.status,
    domainName: (detail ?? summary).dnsEntry?.domainName,
    customDomainName: (detail ?? summary).customDomainName,
    listeners,
  };
}
