import {
  CreateBucketCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  AssociateProductWithPortfolioCommand,
  CreateConstraintCommand,
  CreatePortfolioCommand,
  CreatePortfolioShareCommand,
  CreateProductCommand,
  CreateProvisioningArtifactCommand,
  EnableAWSOrganizationsAccessCommand,
  ServiceCatalogClient,
} from '@aws-sdk/client-service-catalog';
import {
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { TestSandbox } from '../../testing/startTestSandbox';
import { memberAccount, ownerAccount } from './createTestCatalog';

const BUCKET = 'test-templates';

/** Puts a template into S3 and gives the `Info` of a version made from it. */
async function upload(testSandbox: TestSandbox, template: string) {
  const s3 = new S3Client(
    testSandbox.clientConfig({ accountId: ownerAccount }),
  );
  if (!testSandbox.sandbox.estate.buckets.has(BUCKET)) {
    await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  }
  const Key = `${template.length}-${Math.random()}.yaml`;
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: template }));
  return {
    LoadTemplateFromURL: `https://s3.us-east-1.amazonaws.com/${BUCKET}/${Key}`,
  };
}

/**
 * Offers a product to one account, by the AWS SDK: version v1, launched as the role `launch` of that
 * account, which may do what is given.
 */
export async function offerTestProduct(options: {
  testSandbox: TestSandbox;
  name: string;
  template: string;
  /** Actions of the launch role. */
  actions: string[];
}) {
  const { testSandbox, name, template, actions } = options;
  const owner = new ServiceCatalogClient(
    testSandbox.clientConfig({ accountId: ownerAccount }),
  );
  const iam = new IAMClient(
    testSandbox.clientConfig({ accountId: memberAccount }),
  );
  await iam.send(
    new CreateRoleCommand({
      RoleName: 'launch',
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: { Service: 'servicecatalog.amazonaws.com' },
          Action: 'sts:AssumeRole',
        },
      }),
    }),
  );
  const allow = (Action: string[]) =>
    iam.send(
      new PutRolePolicyCommand({
        RoleName: 'launch',
        PolicyName: 'launch',
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action, Resource: '*' },
            {
              Effect: 'Allow',
              Action: [
                'cloudformation:CreateChangeSet',
                'cloudformation:CreateStack',
                'cloudformation:DeleteChangeSet',
                'cloudformation:DeleteStack',
                'cloudformation:DescribeChangeSet',
                'cloudformation:ExecuteChangeSet',
                'cloudformation:UpdateStack',
              ],
              Resource: 'arn:aws:cloudformation:*:*:stack/SC-*',
            },
          ],
        }),
      }),
    );
  await allow(actions);
  const { PortfolioDetail } = await owner.send(
    new CreatePortfolioCommand({ DisplayName: name, ProviderName: 'Platform' }),
  );
  const { ProductViewDetail } = await owner.send(
    new CreateProductCommand({
      Name: name,
      Owner: 'Platform',
      ProductType: 'CLOUD_FORMATION_TEMPLATE',
      ProvisioningArtifactParameters: {
        Name: 'v1',
        Info: await upload(testSandbox, template),
      },
    }),
  );
  const PortfolioId = PortfolioDetail!.Id!;
  const ProductId = ProductViewDetail!.ProductViewSummary!.ProductId!;
  await owner.send(
    new AssociateProductWithPortfolioCommand({ PortfolioId, ProductId }),
  );
  await owner.send(
    new CreateConstraintCommand({
      PortfolioId,
      ProductId,
      Type: 'LAUNCH',
      Parameters: JSON.stringify({ LocalRoleName: 'launch' }),
    }),
  );
  await owner.send(new EnableAWSOrganizationsAccessCommand({}));
  await owner.send(
    new CreatePortfolioShareCommand({
      PortfolioId,
      OrganizationNode: { Type: 'ACCOUNT', Value: memberAccount },
    }),
  );
  return {
    owner,
    PortfolioId,
    ProductId,
    /** Publishes another version, and gives its id. */
    async publish(Name: string, next: string): Promise<string> {
      const { ProvisioningArtifactDetail } = await owner.send(
        new CreateProvisioningArtifactCommand({
          ProductId,
          Parameters: { Name, Info: await upload(testSandbox, next) },
        }),
      );
      return ProvisioningArtifactDetail!.Id!;
    },
    /** Gives the launch role other permissions. */
    allow,
  };
}
