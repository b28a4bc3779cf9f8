import {
  GetServiceNetworkVpcAssociationCommand,
  paginateListServiceNetworkVpcAssociations,
  type ServiceNetworkVpcAssociationSummary,
} from '@aws-sdk/client-vpc-lattice';
import type { VpcAssociation } from '@lattice-portal/plugin-lattice-common';
import { allItems, type EstateReading } from '../EstateReading';

/** All associations of the given networks: who sees a network sees all of its associations. */
export async function readVpcAssociations(
  reading: EstateReading,
  networkArns: string[],
): Promise<VpcAssociation[]> {
  const ofNetworks = await Promise.all(
    networkArns.map(async networkArn => {
      const summaries = await reading.attempt(
        `vpcAssociations of ${networkArn}`,
        () =>
          allItems(
            paginateListServiceNetworkVpcAssociations(
              { client: reading.lattice },
              { serviceNetworkIdentifier: networkArn },
              reading.callOptions,
            ),
            page => page.items,
          ),
      );
      return Promise.all(
        (summaries ?? []).map(summary =>
          readAssociation(reading, networkArn, summary),
        ),
      );
    }),
  );
  return ofNetworks.flat();
}

async function readAssociation(
  reading: EstateReading,
  networkArn: string,
  summary: ServiceNetworkVpcAssociationSummary,
): Promise<VpcAssociation> {
  const { arn = '', id = '' } = summary;
  // Only this call names the security groups.
  const detail = await reading.attempt(`security groups of ${arn}`, () =>
    reading.lattice.send(
      new GetServiceNetworkVpcAssociationCommand({
        serviceNetworkVpcAssociationIdentifier: arn,
      }),
      reading.callOptions,
    ),
  );
  return {
    arn,
    id,
    accountId: summary.createdBy ?? reading.ownerOf(arn) ?? reading.accountId,
    vpcId: summary.vpcId ?? '',
    serviceNetworkArn: summary.serviceNetworkArn ?? networkArn,
    status: summary.status ?? 'unknown',
    securityGroupIds: detail?.securityGroupIds ?? [],
  };
}
