import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import { ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import type { AwsAccess } from '@lattice-portal/plugin-lattice-node';

/** Where something is provisioned. */
export interface ProvisioningPlace {
  /** 12 digits. */
  accountId: string;
  region: string;
}

/** The AWS clients of one account and region, in the portal's provisioner role. */
export interface ProvisioningClients {
  serviceCatalog: ServiceCatalogClient;
  cloudFormation: CloudFormationClient;
  s3: S3Client;
}

/** The clients of an account and region. */
export function provisioningClients(
  options: { aws: AwsAccess } & ProvisioningPlace,
): ProvisioningClients {
  const { aws, accountId, region } = options;
  const common = { accountId, region, role: 'provisioner' as const };
  return {
    serviceCatalog: aws.client({ type: ServiceCatalogClient, ...common }),
    cloudFormation: aws.client({ type: CloudFormationClient, ...common }),
    s3: aws.client({ type: S3Client, ...common }),
  };
}
