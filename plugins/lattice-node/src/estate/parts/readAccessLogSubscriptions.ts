import { paginateListAccessLogSubscriptions } from '@aws-sdk/client-vpc-lattice';
import type { AccessLogSubscription } from '@lattice-portal/plugin-lattice-common';
import { allItems, type EstateReading } from '../EstateReading';

/** Subscriptions of own networks, services and resource configurations. AWS lists them by resource only. */
export async function readAccessLogSubscriptions(
  reading: EstateReading,
  resourceArns: string[],
): Promise<AccessLogSubscription[]> {
  const { accountId, region } = reading;
  const ofResources = await Promise.all(
    resourceArns.map(resourceArn =>
      reading.attempt(`accessLogSubscriptions of ${resourceArn}`, () =>
        allItems(
          paginateListAccessLogSubscriptions(
            { client: reading.lattice },
            { resourceIdentifier: resourceArn },
            reading.callOptions,
          ),
          page => page.items,
        ),
      ),
    ),
  );
  return ofResources.flatMap(summaries =>
    (summaries ?? []).map(summary => ({
      arn: summary.arn ?? '',
      id: summary.id ?? '',
      accountId,
      region,
      resourceArn: summary.resourceArn ?? '',
      destinationArn: summary.destinationArn ?? '',
      createdAt: summary.createdAt?.toISOString(),
      serviceNetworkLogType: summary.serviceNetworkLogType,
    })),
  );
}
