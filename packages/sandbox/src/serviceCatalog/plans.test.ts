import {
  CreateProvisionedProductPlanCommand,
  DeleteProvisionedProductPlanCommand,
  DescribeProvisionedProductCommand,
  DescribeProvisionedProductPlanCommand,
  DescribeRecordCommand,
  ExecuteProvisionedProductPlanCommand,
  ListProvisionedProductPlansCommand,
  ProvisionProductCommand,
  ServiceCatalogClient,
  TerminateProvisionedProductCommand,
} from '@aws-sdk/client-service-catalog';
import { TestSandbox, startTestSandbox } from '../testing/startTestSandbox';
import { memberAccount } from './__testUtils__/createTestCatalog';
import { offerTestProduct } from './__testUtils__/offerTestProduct';

const template = `
Parameters:
  Name: { Type: String }
  Days: { Type: Number, Default: 7, AllowedValues: [1, 7, 30] }
Resources:
  Group:
    Type: AWS::Logs::LogGroup
    Properties: { LogGroupName: !Sub '/plan/\${Name}', RetentionInDays: !Ref Days }
`;

describe('provisioned product plans, by an AWS SDK client', () => {
  let testSandbox: TestSandbox;
  let catalog: ServiceCatalogClient;
  let offer: Awaited<ReturnType<typeof offerTestProduct>>;
  let artifactId: string;

  beforeEach(async () => {
    testSandbox = await startTestSandbox();
    offer = await offerTestProduct({
      testSandbox,
      name: 'logs',
      template: 'Resources: { Nothing: { Type: AWS::Logs::LogGroup } }',
      actions: [
        'logs:CreateLogGroup',
        'logs:DeleteLogGroup',
        'logs:PutRetentionPolicy',
        'logs:TagResource',
      ],
    });
    artifactId = await offer.publish('v2', template);
    catalog = new ServiceCatalogClient(
      testSandbox.clientConfig({ accountId: memberAccount }),
    );
  });

  afterEach(() => testSandbox.stop());

  const groups = () =>
    testSandbox.sandbox.estate.logGroups
      .values()
      .filter(({ name }) => name.startsWith('/plan/'))
      .map(({ name, retentionInDays }) => [name, retentionInDays]);

  const stacks = () =>
    testSandbox.sandbox.estate
      .collection<{ status: string }>('stacks')
      .values()
      .filter(stack => stack.status !== 'DELETE_COMPLETE');

  async function plan(values: Record<string, string>) {
    const created = await catalog.send(
      new CreateProvisionedProductPlanCommand({
        PlanName: 'look first',
        PlanType: 'CLOUDFORMATION',
        ProductId: offer.ProductId,
        ProvisioningArtifactId: artifactId,
        ProvisionedProductName: 'mine',
        ProvisioningParameters: Object.entries(values).map(([Key, Value]) => ({
          Key,
          Value,
        })),
      }),
    );
    const PlanId = created.PlanId!;
    for (;;) {
      const described = await catalog.send(
        new DescribeProvisionedProductPlanCommand({ PlanId }),
      );
      if (
        described.ProvisionedProductPlanDetails!.Status !== 'CREATE_IN_PROGRESS'
      ) {
        return { PlanId, ...described };
      }
      await new Promise(wake => setTimeout(wake, 10));
    }
  }

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

  async function execute(PlanId: string) {
    const { RecordDetail } = await catalog.send(
      new ExecuteProvisionedProductPlanCommand({
        PlanId,
        IdempotencyToken: 'once',
      }),
    );
    return finished(RecordDetail!.RecordId);
  }

  async function status() {
    const { ProvisionedProductDetail } = await catalog.send(
      new DescribeProvisionedProductCommand({ Name: 'mine' }),
    );
    return ProvisionedProductDetail!.Status;
  }

  it('shows what would be made, makes it, and then shows what would change', async () => {
    const first = await plan({ Name: 'a' });
    expect(first).toMatchObject({
      ProvisionedProductPlanDetails: {
        Status: 'CREATE_SUCCESS',
        ProvisionProductName: 'mine',
      },
      ResourceChanges: [
        {
          Action: 'ADD',
          LogicalResourceId: 'Group',
          ResourceType: 'AWS::Logs::LogGroup',
        },
      ],
    });
    expect(await status()).toBe('PLAN_IN_PROGRESS');
    expect(groups()).toEqual([]);
    const record = await execute(first.PlanId);
    expect(record).toMatchObject({
      Status: 'SUCCEEDED',
      RecordType: 'PROVISION_PRODUCT',
      RecordErrors: [],
    });
    expect((await execute(first.PlanId)).RecordId).toBe(record.RecordId);
    expect(await status()).toBe('AVAILABLE');
    expect(groups()).toEqual([['/plan/a', 7]]);

    const next = await plan({ Name: 'a', Days: '30' });
    expect(next.ResourceChanges).toMatchObject([
      {
        Action: 'MODIFY',
        LogicalResourceId: 'Group',
        PhysicalResourceId: '/plan/a',
        Replacement: 'FALSE',
        Scope: ['PROPERTIES'],
        Details: [
          {
            Target: {
              Attribute: 'PROPERTIES',
              Name: 'RetentionInDays',
              RequiresRecreation: 'NEVER',
            },
            CausingEntity: 'Days',
          },
        ],
      },
    ]);
    const renamed = await plan({ Name: 'b' });
    expect(renamed.ResourceChanges).toMatchObject([{ Replacement: 'TRUE' }]);
    expect(groups()).toEqual([['/plan/a', 7]]);
    expect(await execute(next.PlanId)).toMatchObject({
      Status: 'SUCCEEDED',
      RecordType: 'UPDATE_PROVISIONED_PRODUCT',
    });
    expect(groups()).toEqual([['/plan/a', 30]]);
    const { ProvisionedProductPlans } = await catalog.send(
      new ListProvisionedProductPlansCommand({}),
    );
    expect(ProvisionedProductPlans).toHaveLength(3);
  });

  it('leaves nothing of a plan that is deleted', async () => {
    const { PlanId } = await plan({ Name: 'a' });
    expect(stacks()).toHaveLength(1);
    await catalog.send(new DeleteProvisionedProductPlanCommand({ PlanId }));
    await expect(status()).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await expect(
      catalog.send(new DescribeProvisionedProductPlanCommand({ PlanId })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await new Promise(wake => setTimeout(wake, 50));
    expect(stacks()).toEqual([]);
  });

  it('says that nothing would change, and keeps what there is when such a plan is deleted', async () => {
    const { PlanId } = await plan({ Name: 'a' });
    await execute(PlanId);
    const empty = await plan({ Name: 'a' });
    expect(empty.ProvisionedProductPlanDetails).toMatchObject({
      Status: 'CREATE_FAILED',
      StatusMessage: expect.stringContaining("didn't contain changes"),
    });
    await expect(execute(empty.PlanId)).rejects.toMatchObject({
      name: 'InvalidParametersException',
    });
    await catalog.send(
      new DeleteProvisionedProductPlanCommand({ PlanId: empty.PlanId }),
    );
    expect(await status()).toBe('AVAILABLE');
    expect(groups()).toEqual([['/plan/a', 7]]);
  });

  it('says why a plan could not be made', async () => {
    await offer.allow([]);
    testSandbox.sandbox.estate.roles.update(
      `arn:aws:iam::${memberAccount}:role/launch`,
      role => ({ ...role, inlinePolicies: {} }),
    );
    const { PlanId, ProvisionedProductPlanDetails } = await plan({ Name: 'a' });
    expect(ProvisionedProductPlanDetails).toMatchObject({
      Status: 'CREATE_FAILED',
      StatusMessage: expect.stringContaining('cloudformation:CreateChangeSet'),
    });
    // There is no stack that would have to go.
    await catalog.send(new DeleteProvisionedProductPlanCommand({ PlanId }));
    await expect(status()).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('keeps the name from others, and ends with its product', async () => {
    const { PlanId } = await plan({ Name: 'a' });
    await expect(
      catalog.send(
        new ProvisionProductCommand({
          ProductId: offer.ProductId,
          ProvisioningArtifactId: artifactId,
          ProvisionedProductName: 'mine',
          ProvisioningParameters: [{ Key: 'Name', Value: 'a' }],
        }),
      ),
    ).rejects.toMatchObject({ name: 'DuplicateResourceException' });
    const { RecordDetail } = await catalog.send(
      new TerminateProvisionedProductCommand({
        ProvisionedProductName: 'mine',
      }),
    );
    expect((await finished(RecordDetail!.RecordId)).Status).toBe('SUCCEEDED');
    await expect(
      catalog.send(new DescribeProvisionedProductPlanCommand({ PlanId })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect(stacks()).toEqual([]);
  });
});
