import {
  AcceptPortfolioShareCommand,
  AssociatePrincipalWithPortfolioCommand,
  AssociateTagOptionWithResourceCommand,
  CreatePortfolioShareCommand,
  CreateTagOptionCommand,
  DeletePortfolioCommand,
  DeletePortfolioShareCommand,
  DeleteProductCommand,
  DeleteProvisioningArtifactCommand,
  DescribePortfolioSharesCommand,
  DescribeProvisioningParametersCommand,
  DisassociatePrincipalFromPortfolioCommand,
  ListAcceptedPortfolioSharesCommand,
  ListLaunchPathsCommand,
  ListPortfolioAccessCommand,
  ListProvisioningArtifactsCommand,
  ProvisionProductCommand,
  type Tag,
  RejectPortfolioShareCommand,
  SearchProductsCommand,
  ServiceCatalogClient,
  UpdatePortfolioShareCommand,
} from '@aws-sdk/client-service-catalog';
import {
  TestSandbox,
  startTestSandbox,
} from '../testing/startTestSandbox';
import { memberAccount, ownerAccount } from './__testUtils__/createTestCatalog';
import { offerTestProduct } from './__testUtils__/offerTestProduct';

const analytics = '667788990011';

describe('who may launch what, by AWS SDK clients', () => {
  let testSandbox: TestSandbox;
  let offer: Awaited<ReturnType<typeof offerTestProduct>>;
  let PortfolioId: string;
  let ProductId: string;

  beforeEach(async () => {
    testSandbox = await startTestSandbox();
    offer = await offerTestProduct({
      testSandbox,
      name: 'logs',
      template: 'Resources: { Group: { Type: AWS::Logs::LogGroup } }',
      actions: [
        'logs:CreateLogGroup',
        'logs:DeleteLogGroup',
        'logs:TagResource',
      ],
    });
    ({ PortfolioId, ProductId } = offer);
  });

  afterEach(() => testSandbox.stop());

  const root = (accountId: string) =>
    new ServiceCatalogClient(testSandbox.clientConfig({ accountId }));

  /** The portal's role of an account, which the portal's account assumes. */
  const portal = (accountId: string) =>
    new ServiceCatalogClient(
      testSandbox.clientConfig({
        accountId: ownerAccount,
        roleArn: `arn:aws:iam::${accountId}:role/lattice-portal-provisioner`,
      }),
    );

  async function products(client: ServiceCatalogClient) {
    const { ProductViewSummaries } = await client.send(
      new SearchProductsCommand({}),
    );
    return ProductViewSummaries!.map(({ Name }) => Name);
  }

  it('gives an account a portfolio once it accepts, and takes it again', async () => {
    const account = root(analytics);
    await expect(
      account.send(new AcceptPortfolioShareCommand({ PortfolioId })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    const share = { PortfolioId, AccountId: analytics };
    await expect(
      offer.owner.send(
        new CreatePortfolioShareCommand({ ...share, SharePrincipals: true }),
      ),
    ).rejects.toMatchObject({ name: 'InvalidParametersException' });
    await offer.owner.send(new CreatePortfolioShareCommand(share));
    const accepted = async () => {
      const { PortfolioShareDetails } = await offer.owner.send(
        new DescribePortfolioSharesCommand({ PortfolioId, Type: 'ACCOUNT' }),
      );
      return PortfolioShareDetails!.map(({ Accepted }) => Accepted);
    };
    expect(await accepted()).toEqual([false]);
    expect(await products(account)).toEqual([]);

    await account.send(new AcceptPortfolioShareCommand({ PortfolioId }));
    expect(await accepted()).toEqual([true]);
    expect(await products(account)).toEqual(['logs']);
    const { PortfolioDetails } = await account.send(
      new ListAcceptedPortfolioSharesCommand({}),
    );
    expect(PortfolioDetails).toMatchObject([{ Id: PortfolioId }]);

    // Its roles have to be let in by the account itself.
    expect(await products(portal(analytics))).toEqual([]);
    const principal = {
      PortfolioId,
      PrincipalARN: `arn:aws:iam::${analytics}:role/lattice-portal-provisioner`,
    };
    await account.send(
      new AssociatePrincipalWithPortfolioCommand({
        ...principal,
        PrincipalType: 'IAM',
      }),
    );
    expect(await products(portal(analytics))).toEqual(['logs']);
    await account.send(
      new DisassociatePrincipalFromPortfolioCommand(principal),
    );
    expect(await products(portal(analytics))).toEqual([]);

    await account.send(new RejectPortfolioShareCommand({ PortfolioId }));
    expect(await products(account)).toEqual([]);
    await offer.owner.send(new DeletePortfolioShareCommand(share));
    expect(await accepted()).toEqual([]);
  });

  it('reaches the accounts of an organizational unit, with the principals if asked', async () => {
    const { estate } = testSandbox.sandbox;
    const unit = estate.organizationalUnits.find(
      ({ name }) => name === 'workloads',
    )!;
    await offer.owner.send(
      new AssociatePrincipalWithPortfolioCommand({
        PortfolioId,
        PrincipalARN: 'arn:aws:iam:::role/lattice-portal-prov*',
        PrincipalType: 'IAM_PATTERN',
      }),
    );
    const share = {
      PortfolioId,
      OrganizationNode: {
        Type: 'ORGANIZATIONAL_UNIT' as const,
        Value: unit.id,
      },
    };
    await offer.owner.send(new CreatePortfolioShareCommand(share));
    // Of the unit, and of one within it; not of another one.
    expect(await products(root(analytics))).toEqual(['logs']);
    expect(await products(root(memberAccount))).toEqual(['logs']);
    expect(await products(root('445566778899'))).toEqual([]);
    const { AccountIds } = await offer.owner.send(
      new ListPortfolioAccessCommand({ PortfolioId }),
    );
    expect([...AccountIds!].sort()).toEqual([
      memberAccount,
      '556677889900',
      analytics,
      '778899001122',
    ]);

    expect(await products(portal(analytics))).toEqual([]);
    await offer.owner.send(
      new UpdatePortfolioShareCommand({ ...share, SharePrincipals: true }),
    );
    expect(await products(portal(analytics))).toEqual(['logs']);
  });

  it('lets only the management account share through the organization', async () => {
    await expect(
      root(analytics).send(
        new CreatePortfolioShareCommand({
          PortfolioId,
          OrganizationNode: { Type: 'ORGANIZATION', Value: 'o-lattice01' },
        }),
      ),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('has no path for who may not launch, and no product', async () => {
    const { ProvisioningArtifactDetails } = await offer.owner.send(
      new ListProvisioningArtifactsCommand({ ProductId }),
    );
    const launch = {
      ProductId,
      ProvisioningArtifactId: ProvisioningArtifactDetails![0].Id,
    };
    await expect(
      portal(memberAccount).send(new ListLaunchPathsCommand({ ProductId })),
    ).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `No launch paths found for resource: ${ProductId}`,
    });
    await expect(
      portal(memberAccount).send(
        new ProvisionProductCommand({
          ...launch,
          ProvisionedProductName: 'mine',
        }),
      ),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    // The launch role is missing in accounts that were not prepared.
    await offer.owner.send(
      new CreatePortfolioShareCommand({
        PortfolioId,
        OrganizationNode: { Type: 'ACCOUNT', Value: analytics },
      }),
    );
    for (const command of [
      new DescribeProvisioningParametersCommand(launch),
      new ProvisionProductCommand({
        ...launch,
        ProvisionedProductName: 'mine',
      }),
    ]) {
      await expect(
        root(analytics).send(command as ProvisionProductCommand),
      ).rejects.toMatchObject({
        name: 'InvalidParametersException',
        message: `Access denied while assuming the role arn:aws:iam::${analytics}:role/launch`,
      });
    }
  });

  it('puts on tags by TagOptions, and asks for those that have a choice', async () => {
    const options = [
      ['managed-by', 'portal'],
      ['stage', 'test'],
      ['stage', 'production'],
    ];
    for (const [Key, Value] of options) {
      const { TagOptionDetail } = await offer.owner.send(
        new CreateTagOptionCommand({ Key, Value }),
      );
      await offer.owner.send(
        new AssociateTagOptionWithResourceCommand({
          ResourceId: Key === 'stage' ? ProductId : PortfolioId,
          TagOptionId: TagOptionDetail!.Id,
        }),
      );
    }
    const member = root(memberAccount);
    const provision = (name: string, ...Tags: Tag[]) =>
      member.send(
        new ProvisionProductCommand({
          ProductId,
          ProvisioningArtifactName: 'v1',
          ProvisionedProductName: name,
          Tags,
        }),
      );
    // Shared without TagOptions so far.
    expect((await provision('free')).RecordDetail!.RecordTags).toEqual([]);
    await offer.owner.send(
      new UpdatePortfolioShareCommand({
        PortfolioId,
        OrganizationNode: { Type: 'ACCOUNT', Value: memberAccount },
        ShareTagOptions: true,
      }),
    );
    const { TagOptions } = await member.send(
      new DescribeProvisioningParametersCommand({
        ProductId,
        ProvisioningArtifactName: 'v1',
      }),
    );
    expect(TagOptions).toEqual([
      { Key: 'managed-by', Values: ['portal'] },
      { Key: 'stage', Values: ['test', 'production'] },
    ]);
    await expect(provision('one')).rejects.toThrow(
      'Tag stage is required, with one of the values test, production',
    );
    await expect(
      provision('one', { Key: 'stage', Value: 'none' }),
    ).rejects.toThrow("Tag stage can't be none");
    await expect(
      provision(
        'one',
        { Key: 'stage', Value: 'test' },
        { Key: 'managed-by', Value: 'me' },
      ),
    ).rejects.toThrow("Tag managed-by can't be me");
    const { RecordDetail } = await provision('one', {
      Key: 'stage',
      Value: 'test',
    });
    expect(RecordDetail!.RecordTags).toEqual([
      { Key: 'stage', Value: 'test' },
      { Key: 'managed-by', Value: 'portal' },
    ]);
  });

  it('keeps what is in use', async () => {
    const { ProvisioningArtifactDetails } = await offer.owner.send(
      new ListProvisioningArtifactsCommand({ ProductId }),
    );
    for (const command of [
      new DeletePortfolioCommand({ Id: PortfolioId }),
      new DeleteProductCommand({ Id: ProductId }),
      new DeleteProvisioningArtifactCommand({
        ProductId,
        ProvisioningArtifactId: ProvisioningArtifactDetails![0].Id,
      }),
    ]) {
      await expect(
        offer.owner.send(command as DeletePortfolioCommand),
      ).rejects.toMatchObject({ name: 'ResourceInUseException' });
    }
  });
});
