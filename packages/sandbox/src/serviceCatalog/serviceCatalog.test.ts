import { Estate } from '../estate/Estate';
import {
  createTestCatalog,
  memberAccount,
} from './__testUtils__/createTestCatalog';

const template = `
Parameters:
  Name: { Type: String, AllowedPattern: '[a-z]+', Description: Its name }
  Days: { Type: Number, Default: 7, AllowedValues: [1, 7] }
Resources:
  First: { Type: AWS::Logs::LogGroup, Properties: { LogGroupName: !Sub '/first/\${Name}' } }
  Second:
    Type: AWS::Logs::LogGroup
    DependsOn: First
    Properties: { LogGroupName: !Sub '/second/\${Name}', RetentionInDays: !Ref Days }
Outputs:
  Group: { Value: !Ref Second }
`;

const accountId = memberAccount;

async function setUp(options: { estate?: Estate } = {}) {
  const test = await createTestCatalog(options);
  const { ask } = test;
  const product = options.estate
    ? undefined
    : await test.offer('logs', template);
  const provision = (name: string, parameters: object, more: object = {}) =>
    ask('ProvisionProduct', {
      ProductId: product?.ProductId,
      ProvisioningArtifactName: 'v1',
      ProvisionedProductName: name,
      ProvisionToken: `token-${name}`,
      ProvisioningParameters: Object.entries(parameters).map(
        ([Key, Value]) => ({ Key, Value }),
      ),
      ...more,
    });
  return { ...test, product: product!, provision };
}

function groups(estate: Estate) {
  return estate.logGroups
    .values()
    .map(({ name }) => name)
    .filter(name => /^\/(first|second)\//.test(name));
}

describe('Service Catalog', () => {
  it('leads from a product to its parameters', async () => {
    const { ask, product } = await setUp();
    const { ProductViewSummaries } = await ask('SearchProducts', {
      Filters: { FullTextSearch: ['log'] },
    });
    expect(ProductViewSummaries).toEqual([
      expect.objectContaining({ ProductId: product.ProductId, Name: 'logs' }),
    ]);
    const { ProvisioningArtifactDetails } = await ask(
      'ListProvisioningArtifacts',
      { ProductId: product.ProductId },
    );
    const { LaunchPathSummaries } = await ask('ListLaunchPaths', {
      ProductId: product.ProductId,
    });
    expect(LaunchPathSummaries).toEqual([
      expect.objectContaining({
        Name: 'Everything',
        ConstraintSummaries: [
          {
            Type: 'LAUNCH',
            Description: 'Launched as the role launch',
          },
        ],
      }),
    ]);
    const { ProvisioningArtifactParameters } = await ask(
      'DescribeProvisioningParameters',
      {
        ProductId: product.ProductId,
        ProvisioningArtifactId: ProvisioningArtifactDetails[0].Id,
        PathId: LaunchPathSummaries[0].Id,
      },
    );
    expect(ProvisioningArtifactParameters).toEqual([
      expect.objectContaining({
        ParameterKey: 'Name',
        ParameterConstraints: expect.objectContaining({
          AllowedPattern: '[a-z]+',
        }),
      }),
      expect.objectContaining({
        ParameterKey: 'Days',
        DefaultValue: '7',
        ParameterConstraints: expect.objectContaining({
          AllowedValues: ['1', '7'],
        }),
      }),
    ]);
    // An account outside the organization sees nothing.
    expect(await ask('SearchProducts', {}, '999999999999')).toMatchObject({
      ProductViewSummaries: [],
    });
  });

  it('provisions from a template that is longer than a request may be', async () => {
    const { ask, catalog, product, publish, provision, estate } = await setUp();
    const comment = `# ${'x'.repeat(60_000)}\n`;
    await publish(product.ProductId, 'long', `${comment}${template}`);
    const { RecordDetail } = await provision(
      'mine',
      { Name: 'a' },
      { ProvisioningArtifactName: 'long' },
    );
    await catalog.idle();
    expect(
      await ask('DescribeRecord', { Id: RecordDetail.RecordId }),
    ).toMatchObject({ RecordDetail: { Status: 'SUCCEEDED' } });
    expect(groups(estate)).toEqual(['/first/a', '/second/a']);
  });

  it('provisions as the launch role, gives outputs, and terminates', async () => {
    const { ask, catalog, provision, estate, principals, call } = await setUp();
    const { RecordDetail } = await provision('mine', { Name: 'a' });
    expect(RecordDetail).toMatchObject({
      Status: 'CREATED',
      RecordType: 'PROVISION_PRODUCT',
      LaunchRoleArn: `arn:aws:iam::${accountId}:role/launch`,
    });
    expect(await provision('mine', { Name: 'a' })).toMatchObject({
      RecordDetail: { RecordId: RecordDetail.RecordId },
    });
    await catalog.idle();

    const record = await ask('DescribeRecord', { Id: RecordDetail.RecordId });
    expect(record).toMatchObject({
      RecordDetail: { Status: 'SUCCEEDED', RecordErrors: [] },
      RecordOutputs: [
        { OutputKey: 'CloudformationStackARN' },
        { OutputKey: 'Group', OutputValue: '/second/a' },
      ],
    });
    expect(groups(estate)).toEqual(['/first/a', '/second/a']);
    expect([...principals]).toEqual([
      `arn:aws:sts::${accountId}:assumed-role/launch/servicecatalog`,
    ]);
    const { ProvisionedProducts } = await ask('SearchProvisionedProducts', {
      Filters: { SearchQuery: ['name:mine'] },
    });
    expect(ProvisionedProducts).toEqual([
      expect.objectContaining({ Status: 'AVAILABLE', ProductName: 'logs' }),
    ]);
    const stackArn = record.RecordOutputs[0].OutputValue;
    expect(stackArn).toContain(`stack/SC-${accountId}-pp-`);
    expect(
      await ask('GetProvisionedProductOutputs', {
        ProvisionedProductName: 'mine',
        OutputKeys: ['Group'],
      }),
    ).toMatchObject({ Outputs: [{ OutputValue: '/second/a' }] });
    const root = {
      accountId,
      region: 'us-east-1',
      principalArn: `arn:aws:iam::${accountId}:root`,
    };
    expect(
      await call(
        'cloudformation',
        'DescribeStacks',
        { StackName: stackArn },
        root,
      ),
    ).toMatchObject({ Stacks: [{ StackStatus: 'CREATE_COMPLETE' }] });

    const terminate = () =>
      ask('TerminateProvisionedProduct', {
        ProvisionedProductName: 'mine',
        TerminateToken: 'end',
      });
    const ended = await terminate();
    expect(await terminate()).toMatchObject({
      RecordDetail: { RecordId: ended.RecordDetail.RecordId },
    });
    await catalog.idle();
    expect(
      await ask('DescribeRecord', { Id: ended.RecordDetail.RecordId }),
    ).toMatchObject({ RecordDetail: { Status: 'SUCCEEDED' } });
    expect(groups(estate)).toEqual([]);
    await expect(
      ask('DescribeProvisionedProduct', { Name: 'mine' }),
    ).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });

  it('says what failed, leaves nothing, and keeps the name until terminated', async () => {
    const { ask, catalog, provision, estate, call } = await setUp();
    await call(
      'logs',
      'CreateLogGroup',
      { logGroupName: '/second/a' },
      { accountId, region: 'us-east-1', principalArn: 'someone' },
    );
    const { RecordDetail } = await provision('mine', { Name: 'a' });
    await catalog.idle();
    const record = await ask('DescribeRecord', { Id: RecordDetail.RecordId });
    expect(record.RecordDetail).toMatchObject({
      Status: 'FAILED',
      RecordErrors: [
        {
          Code: 'ResourceCreateFailed',
          Description: expect.stringMatching(
            /^Second \(AWS::Logs::LogGroup\): .*The specified log group already exists/,
          ),
        },
      ],
    });
    // Only the one that was there before.
    expect(groups(estate)).toEqual(['/second/a']);
    expect(
      await ask('DescribeProvisionedProduct', { Name: 'mine' }),
    ).toMatchObject({ ProvisionedProductDetail: { Status: 'ERROR' } });
    await expect(
      provision('mine', { Name: 'b' }, { ProvisionToken: 'other' }),
    ).rejects.toMatchObject({ code: 'DuplicateResourceException' });

    await ask('TerminateProvisionedProduct', {
      ProvisionedProductName: 'mine',
      TerminateToken: 'end',
    });
    await catalog.idle();
    await provision('mine', { Name: 'b' }, { ProvisionToken: 'other' });
    await catalog.idle();
    expect(groups(estate)).toEqual(['/second/a', '/first/b', '/second/b']);
  });

  it.each<[string, object, object, string]>([
    ['a missing parameter', {}, {}, 'Parameters: [Name] must have values'],
    ['a wrong value', { Name: 'A' }, {}, 'must match pattern'],
    ['an unknown parameter', { Name: 'a', X: '1' }, {}, '[X] do not exist'],
    [
      'an unknown version',
      { Name: 'a' },
      { ProvisioningArtifactName: 'v9' },
      'Provisioning artifact v9',
    ],
    [
      'an unknown product',
      { Name: 'a' },
      { ProductId: 'prod-x' },
      'Product prod-x not found',
    ],
    [
      'an unknown path',
      { Name: 'a' },
      { PathId: 'lpv3-x' },
      'Launch path lpv3-x not found',
    ],
  ])(
    'refuses %s before anything is made',
    async (_, parameters, more, text) => {
      const { provision, ask } = await setUp();
      await expect(provision('mine', parameters, more)).rejects.toThrow(text);
      expect(await ask('SearchProvisionedProducts', {})).toMatchObject({
        TotalResultsCount: 0,
      });
    },
  );

  it('refuses to launch without the launch role', async () => {
    const { provision, estate } = await setUp();
    estate.roles.delete(`arn:aws:iam::${accountId}:role/launch`);
    await expect(provision('mine', { Name: 'a' })).rejects.toThrow(
      /^Access denied while assuming the role arn:aws:iam::223344556677:role\/launch$/,
    );
  });

  it('fails the record when a stop of the sandbox cut the stack short', async () => {
    const before = await setUp();
    before.delay.milliseconds = 10_000;
    const { RecordDetail } = await before.provision('mine', { Name: 'a' });
    await new Promise(resolve => setTimeout(resolve, 10));
    await before.engine.stop();
    await before.catalog.idle();

    const after = await setUp({ estate: before.estate });
    after.engine.recover();
    after.catalog.recover();
    await after.catalog.idle();
    expect(
      await after.ask('DescribeRecord', { Id: RecordDetail.RecordId }),
    ).toMatchObject({
      RecordDetail: {
        Status: 'FAILED',
        RecordErrors: [
          { Description: 'The sandbox was stopped during the creation.' },
        ],
      },
    });
    expect(groups(after.estate)).toEqual([]);
  });
});
