import { paginateListResourceConfigurations } from '@aws-sdk/client-vpc-lattice';
import { allItems, type EstateReading } from '../EstateReading';

/** ARNs of the resource configurations the account owns: they have access logs of their own. */
export async function readResourceConfigurations(
  reading: EstateReading,
): Promise<string[]> {
  const summaries = await reading.attempt('resourceConfigurations', () =>
    allItems(
      paginateListResourceConfigurations(
        { client: reading.lattice },
        {},
        reading.callOptions,
      ),
      page => page.items,
    ),
  );
  return (summaries ?? [])
    .map(({ arn = '' }) => arn)
    .filter(arn => reading.owns(arn));
}
