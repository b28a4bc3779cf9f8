import {
  CreateConstraintCommand,
  DescribeProvisionedProductCommand,
  DescribeRecordCommand,
  GetProvisionedProductOutputsCommand,
  ListRecordHistoryCommand,
  ProvisionProductCommand,
  ScanProvisionedProductsCommand,
  SearchProvisionedProductsCommand,
  ServiceCatalogClient,
  TerminateProvisionedProductCommand,
  UpdateProvisionedProductCommand,
  type UpdateProvisionedProductCommandInput,
  UpdateProvisioningArtifactCommand,
} from '@aws-sdk/client-service-catalog';
import {
  TestSandbox,
  startTestSandbox,
} from '../testing/startTestSandbox';
import { memberAccount } from './__testUtils__/createTestCatalog';
import { offerTestProduct } from './__testUtils__/offerTestProduct';

const template = `
Parameters:
  Name: { Type: String, AllowedPattern: '[a-z]+' }
  Days: { Type: Number, Default: 7, AllowedValues: [1, 7, 30] }
Resources:
  First:
    Type: AWS::Logs::LogGroup
    Properties: { LogGroupName: !Sub '/first/\${Name}', RetentionInDays: !Ref Days }
Outputs:
  Group: { Value: !Ref First }
`;
/** Makes another group, besides. */
const second = template.replace(
  'Outputs:',
  `  Second:
    Type: AWS::Logs::LogGroup
    DependsOn: First
    Properties: { LogGroupName: !Sub '/second/\${Name}' }
Outputs:`,
);

const logActions = [
  'logs:CreateLogGroup',
  'logs:DeleteLogGroup',
  'logs:PutRetentionPolicy',
  'logs:DeleteRetentionPolicy',
  'logs:DescribeLogGroups',
  'logs:TagResource',
  'logs:UntagResource',
  'logs:ListTagsForResource',
];

describe('updating a provisioned product, by an AWS SDK client', () => {
  let testSandbox: TestSandbox;
  let catalog: ServiceCatalogClient;
  let offer: Awaited<ReturnType<typeof offerTestProduct>>;

  beforeEach(async () => {
    testSandbox = await startTestSandbox();
    offer = await offerTestProduct({
      testSandbox,
      name: 'logs',
      template,
      actions: logActions,
    });
    catalog = new ServiceCatalogClient(
      testSandbox.clientConfig({ accountId: memberAccount }),
    );
  });

  afterEach(() => testSandbox.stop());

  async function finished(id: string | undefined) {
    for (;;) {
      const { RecordDetail } = await catalog.send(
        new DescribeRecordCommand({ Id: id }),
      );
      if (/SUCCEEDED|FAILED/.test(RecordDetail!.Status!)) {
        return RecordDetail!;
      }
      await new Promise(wake => setTimeout(wake, 10));
    }
  }

  async function provision(values: Record<string, string>) {
    const { RecordDetail } = await catalog.send(
      new ProvisionProductCommand({
        ProductId: offer.ProductId,
        ProvisioningArtifactName: 'v1',
        ProvisionedProductName: 'mine',
        ProvisioningParameters: Object.entries(values).map(([Key, Value]) => ({
          Key,
          Value,
        })),
        Tags: [{ Key: 'team', Value: 'one' }],
      }),
    );
    const record = await finished(RecordDetail!.RecordId);
    expect(record.RecordErrors).toEqual([]);
    return record;
  }

  async function update(input: UpdateProvisionedProductCommandInput) {
    const { RecordDetail } = await catalog.send(
      new UpdateProvisionedProductCommand({
        ProvisionedProductName: 'mine',
        ...input,
      }),
    );
    return finished(RecordDetail!.RecordId);
  }

  async function mine() {
    const { ProvisionedProductDetail } = await catalog.send(
      new DescribeProvisionedProductCommand({ Name: 'mine' }),
    );
    return ProvisionedProductDetail!;
  }

  function groups(): [string, number | undefined][] {
    return testSandbox.sandbox.estate.logGroups
      .filter(({ accountId }) => accountId === memberAccount)
      .filter(({ name }) => /^\/(first|second)\//.test(name))
      .map(({ name, retentionInDays }) => [name, retentionInDays]);
  }

  it('changes parameters, keeping those asked to be kept', async () => {
    await provision({ Name: 'a', Days: '30' });
    const input = {
      ProvisioningParameters: [
        { Key: 'Name', UsePreviousValue: true },
        { Key: 'Days', Value: '1' },
      ],
      UpdateToken: 'token-1',
    };
    const record = await update(input);
    expect(record).toMatchObject({
      Status: 'SUCCEEDED',
      RecordType: 'UPDATE_PROVISIONED_PRODUCT',
      LaunchRoleArn: `arn:aws:iam::${memberAccount}:role/launch`,
    });
    expect(groups()).toEqual([['/first/a', 1]]);
    expect((await update(input)).RecordId).toBe(record.RecordId);
    // What is left out falls back to the template's default.
    await update({
      ProvisioningParameters: [{ Key: 'Name', UsePreviousValue: true }],
    });
    expect(groups()).toEqual([['/first/a', 7]]);
    const { RecordDetails } = await catalog.send(
      new ListRecordHistoryCommand({
        SearchFilter: { Key: 'provisionedproduct', Value: (await mine()).Id },
      }),
    );
    expect(RecordDetails!.map(({ RecordType }) => RecordType)).toEqual([
      'UPDATE_PROVISIONED_PRODUCT',
      'UPDATE_PROVISIONED_PRODUCT',
      'PROVISION_PRODUCT',
    ]);
  });

  it('goes to another version and back, and follows replaced resources', async () => {
    await provision({ Name: 'a' });
    const newer = await offer.publish('v2', second);
    const values = [{ Key: 'Name', Value: 'b' }];
    await update({
      ProvisioningArtifactName: 'v2',
      ProvisioningParameters: values,
    });
    expect(await mine()).toMatchObject({
      Status: 'AVAILABLE',
      ProvisioningArtifactId: newer,
    });
    expect(
      groups()
        .map(([name]) => name)
        .sort(),
    ).toEqual(['/first/b', '/second/b']);
    const { Outputs } = await catalog.send(
      new GetProvisionedProductOutputsCommand({
        ProvisionedProductName: 'mine',
        OutputKeys: ['Group'],
      }),
    );
    expect(Outputs).toMatchObject([{ OutputValue: '/first/b' }]);
    await update({
      ProvisioningArtifactName: 'v1',
      ProvisioningParameters: values,
    });
    expect(groups().map(([name]) => name)).toEqual(['/first/b']);
  });

  it('succeeds without a change', async () => {
    await provision({ Name: 'a' });
    const record = await update({
      ProvisioningParameters: [{ Key: 'Name', UsePreviousValue: true }],
    });
    expect(record.Status).toBe('SUCCEEDED');
    expect(await mine()).toMatchObject({ Status: 'AVAILABLE' });
  });

  it('rolls back what fails, is tainted, and can be updated again', async () => {
    const { ProvisioningArtifactId } = await provision({ Name: 'a' });
    await offer.publish('v2', second);
    await offer.allow(
      logActions.filter(action => action !== 'logs:CreateLogGroup'),
    );
    const change = {
      ProvisioningArtifactName: 'v2',
      ProvisioningParameters: [
        { Key: 'Name', UsePreviousValue: true },
        { Key: 'Days', Value: '30' },
      ],
    };
    const record = await update(change);
    expect(record).toMatchObject({
      Status: 'FAILED',
      RecordErrors: [
        {
          Code: 'ResourceUpdateFailed',
          Description: expect.stringMatching(
            /^Second \(AWS::Logs::LogGroup\): .*role\/launch\/servicecatalog is not authorized to perform: logs:CreateLogGroup/,
          ),
        },
      ],
    });
    expect(await mine()).toMatchObject({
      Status: 'TAINTED',
      StatusMessage: expect.stringContaining('Second'),
      ProvisioningArtifactId,
      LastRecordId: record.RecordId,
    });
    expect(groups()).toEqual([['/first/a', 7]]);

    await offer.allow(logActions);
    expect(await update(change)).toMatchObject({ Status: 'SUCCEEDED' });
    const { Status, StatusMessage } = await mine();
    expect({ Status, StatusMessage }).toEqual({ Status: 'AVAILABLE' });
    expect(groups()[0]).toEqual(['/first/a', 30]);
  });

  it('is in error when the rollback fails too', async () => {
    await provision({ Name: 'a' });
    await offer.allow(
      logActions.filter(action => action !== 'logs:PutRetentionPolicy'),
    );
    const record = await update({
      ProvisioningParameters: [
        { Key: 'Name', UsePreviousValue: true },
        { Key: 'Days', Value: '30' },
      ],
    });
    expect(record).toMatchObject({
      Status: 'FAILED',
      RecordErrors: [
        { Description: expect.stringContaining('logs:PutRetentionPolicy') },
      ],
    });
    expect(await mine()).toMatchObject({ Status: 'ERROR' });
  });

  it('offers deprecated versions to what was made from them only, inactive ones to nobody', async () => {
    await provision({ Name: 'a' });
    const artifact = (await mine()).ProvisioningArtifactId;
    await offer.publish('v2', second);
    const change = (input: object) =>
      offer.owner.send(
        new UpdateProvisioningArtifactCommand({
          ProductId: offer.ProductId,
          ProvisioningArtifactId: artifact,
          ...input,
        }),
      );
    const days = [
      { Key: 'Name', UsePreviousValue: true },
      { Key: 'Days', Value: '1' },
    ];
    await change({ Guidance: 'DEPRECATED' });
    await update({ ProvisioningParameters: days });
    expect(groups()).toEqual([['/first/a', 1]]);
    await expect(
      catalog.send(
        new ProvisionProductCommand({
          ProductId: offer.ProductId,
          ProvisioningArtifactName: 'v1',
          ProvisionedProductName: 'another',
          ProvisioningParameters: [{ Key: 'Name', Value: 'b' }],
        }),
      ),
    ).rejects.toMatchObject({
      name: 'InvalidParametersException',
      message: 'Provisioning artifact v1 is deprecated.',
    });
    await change({ Active: false });
    await expect(update({ ProvisioningParameters: days })).rejects.toThrow(
      'Provisioning artifact v1 is not active.',
    );
  });

  it('changes tags only where a constraint allows it', async () => {
    await provision({ Name: 'a' });
    const input = {
      ProvisioningParameters: [{ Key: 'Name', UsePreviousValue: true }],
      Tags: [{ Key: 'team', Value: 'two' }],
    };
    await expect(update(input)).rejects.toMatchObject({
      name: 'InvalidParametersException',
    });
    await offer.owner.send(
      new CreateConstraintCommand({
        PortfolioId: offer.PortfolioId,
        ProductId: offer.ProductId,
        Type: 'RESOURCE_UPDATE',
        Parameters: JSON.stringify({
          Version: '2.0',
          Properties: { TagUpdateOnProvisionedProduct: 'ALLOWED' },
        }),
      }),
    );
    expect((await update(input)).Status).toBe('SUCCEEDED');
    const { estate } = testSandbox.sandbox;
    const group = estate.logGroups.find(({ name }) => name === '/first/a');
    expect(group?.tags).toMatchObject({ team: 'two' });
  });

  it.each<[string, UpdateProvisionedProductCommandInput, string, RegExp]>([
    [
      'a wrong value',
      { ProvisioningParameters: [{ Key: 'Name', Value: 'A' }] },
      'InvalidParametersException',
      /must match pattern/,
    ],
    [
      'a missing value',
      {},
      'InvalidParametersException',
      /\[Name\] must have values/,
    ],
    [
      'the previous value of what had none',
      {
        ProvisioningParameters: [
          { Key: 'Name', Value: 'a' },
          { Key: 'Colour', UsePreviousValue: true },
        ],
      },
      'InvalidParametersException',
      /Colour/,
    ],
    [
      'an unknown version',
      { ProvisioningArtifactName: 'v9' },
      'ResourceNotFoundException',
      /v9/,
    ],
    [
      'an unknown provisioned product',
      { ProvisionedProductName: 'yours' },
      'ResourceNotFoundException',
      /yours/,
    ],
  ])('refuses %s, and leaves all as it is', async (_, input, name, message) => {
    await provision({ Name: 'a' });
    await expect(update(input)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
    expect(await mine()).toMatchObject({ Status: 'AVAILABLE' });
    expect(groups()).toEqual([['/first/a', 7]]);
  });

  it('gives up resources without deleting them', async () => {
    await provision({ Name: 'a' });
    const { RecordDetail } = await catalog.send(
      new TerminateProvisionedProductCommand({
        ProvisionedProductName: 'mine',
        RetainPhysicalResources: true,
      }),
    );
    expect((await finished(RecordDetail!.RecordId)).Status).toBe('SUCCEEDED');
    expect(groups()).toEqual([['/first/a', 7]]);
    await expect(mine()).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('is tainted when a termination fails, unless errors are to be ignored', async () => {
    await provision({ Name: 'a' });
    await offer.allow(
      logActions.filter(action => action !== 'logs:DeleteLogGroup'),
    );
    const terminate = async (IgnoreErrors: boolean) => {
      const { RecordDetail } = await catalog.send(
        new TerminateProvisionedProductCommand({
          ProvisionedProductName: 'mine',
          IgnoreErrors,
        }),
      );
      return finished(RecordDetail!.RecordId);
    };
    expect(await terminate(false)).toMatchObject({
      Status: 'FAILED',
      RecordErrors: [{ Description: expect.stringContaining('First') }],
    });
    expect(await mine()).toMatchObject({ Status: 'TAINTED' });
    expect(await terminate(true)).toMatchObject({ Status: 'SUCCEEDED' });
    await expect(mine()).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('finds the provisioned products of the caller, its role or the account', async () => {
    await provision({ Name: 'a' });
    const other = new ServiceCatalogClient(
      testSandbox.clientConfig({
        accountId: '001122334455',
        roleArn: `arn:aws:iam::${memberAccount}:role/lattice-portal-provisioner`,
      }),
    );
    for (const Command of [
      ScanProvisionedProductsCommand,
      SearchProvisionedProductsCommand,
    ]) {
      const names = async (
        client: ServiceCatalogClient,
        Key?: 'Account' | 'Role' | 'User',
      ) => {
        const { ProvisionedProducts } = (await client.send(
          new Command({
            AccessLevelFilter: Key && { Key, Value: 'self' },
          }) as SearchProvisionedProductsCommand,
        ))!;
        return ProvisionedProducts!.map(({ Name }) => Name);
      };
      expect(await names(catalog)).toEqual(['mine']);
      expect(await names(other)).toEqual([]);
      expect(await names(other, 'Role')).toEqual([]);
      expect(await names(other, 'Account')).toEqual(['mine']);
    }
  });
});
