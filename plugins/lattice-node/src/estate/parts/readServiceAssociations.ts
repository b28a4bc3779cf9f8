import {
  paginateListServiceNetworkServiceAssociations,
  type ListServiceNetworkServiceAssociationsCommandInput,
} from '@aws-sdk/client-vpc-lattice';
import type { ServiceAssociation } from '@lattice-portal/plugin-lattice-common';
import { allItems, type EstateReading } from '../EstateReading';

/** Associations of the given networks and of the given services, each once. */
export async function readServiceAssociations(
  reading: EstateReading,
  options: { networkArns: string[]; serviceArns: string[] },
): Promise<ServiceAssociation[]> {
  const read = await Promise.all([
    ...options.networkArns.map(arn =>
      list(reading, arn, { serviceNetworkIdentifier: arn }),
    ),
    ...options.serviceArns.map(arn =>
      list(reading, arn, { serviceIdentifier: arn }),
    ),
  ]);
  return [
    ...new Map(
      read.flat().map(association => [association.id, association]),
    ).values(),
  ];
}

async function list(
  reading: EstateReading,
  arn: string,
  input: ListServiceNetworkServiceAssociationsCommandInput,
): Promise<ServiceAssociation[]> {
  const summaries = await reading.attempt(`serviceAssociations of ${arn}`, () =>
    allItems(
      paginateListServiceNetworkServiceAssociations(
        { client: reading.lattice },
        input,
        reading.callOptions,
      ),
      page => page.items,
    ),
  );
  return (summaries ?? []).map(summary => ({
    arn: summary.arn ?? '',
    id: summary.id ?? '',
    accountId:
      summary.createdBy ?? reading.ownerOf(summary.arn) ?? reading.accountId,
    serviceArn: summary.serviceArn ?? '',
    serviceNetworkArn: summary.serviceNetworkArn ?? '',
    status: summary.status ?? 'unknown',
  }));
}
