import { IAMClient } from '@aws-sdk/client-iam';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { S3Client } from '@aws-sdk/client-s3';
import { ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  STSClient,
  type STSClientConfig,
} from '@aws-sdk/client-sts';
import { InputError } from '@backstage/errors';

/**
 * What the AWS SDK clients are made with. What is left out is found as the SDK always does: in the
 * environment, profiles, roles.
 *
 * @public
 */
export type AwsConfig = Pick<
  STSClientConfig,
  'region' | 'credentials' | 'endpoint'
>;

/** Clients of the account that publishes, and a way into the others. */
export interface AwsClients {
  accountId: string;
  region: string;
  serviceCatalog: ServiceCatalogClient;
  organizations: OrganizationsClient;
  s3: S3Client;
  /** A client of another account, as a role there; of the publishing account as oneself. */
  iamOf(accountId: string, roleName: string | undefined): Promise<IAMClient>;
}

/** Service Catalog allows few requests a second: retries wait, rather than fail. */
const PATIENCE = { maxAttempts: 10, retryMode: 'adaptive' };

/** Connects to AWS, and finds out to which account. */
export async function connect(config: AwsConfig): Promise<AwsClients> {
  const options = { ...PATIENCE, ...config };
  const sts = new STSClient(options);
  const region = await sts.config.region();
  const { Account: accountId, Arn: arn } = await sts.send(
    new GetCallerIdentityCommand({}),
  );
  if (!accountId || !arn) {
    throw new InputError('AWS does not say whose credentials these are');
  }
  // Organizations and IAM are the same in all Regions.
  return {
    accountId,
    region,
    serviceCatalog: new ServiceCatalogClient(options),
    organizations: new OrganizationsClient(options),
    s3: new S3Client(options),
    async iamOf(otherAccountId, roleName) {
      if (otherAccountId === accountId) {
        return new IAMClient(options);
      }
      if (!roleName) {
        throw new InputError(
          `Launch roles are wanted in account ${otherAccountId}: say in launchRoles.assume which role to assume there`,
        );
      }
      const partition = arn.split(':')[1];
      const { Credentials } = await sts.send(
        new AssumeRoleCommand({
          RoleArn: `arn:${partition}:iam::${otherAccountId}:role/${roleName}`,
          RoleSessionName: 'lattice-portal-products',
        }),
      );
      return new IAMClient({
        ...options,
        credentials: {
          accessKeyId: Credentials!.AccessKeyId!,
          secretAccessKey: Credentials!.SecretAccessKey!,
          sessionToken: Credentials!.SessionToken,
        },
      });
    },
  };
}
