import {
  CloudFormationClient,
  CreateStackCommand,
  CreateStackInstancesCommand,
  CreateStackSetCommand,
  DeleteStackCommand,
  DeleteStackInstancesCommand,
  DeleteStackSetCommand,
  DescribeStackInstanceCommand,
  DescribeStackSetCommand,
  DescribeStackSetOperationCommand,
  DescribeStacksCommand,
  ListStackInstancesCommand,
  ListStackSetOperationResultsCommand,
  ListStackSetOperationsCommand,
  ListStackSetsCommand,
  UpdateStackCommand,
  UpdateStackInstancesCommand,
  UpdateStackSetCommand,
} from '@aws-sdk/client-cloudformation';
import {
  IAMClient,
  CreateRoleCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  ListAccountsForParentCommand,
  ListOrganizationalUnitsForParentCommand,
  ListRootsCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { TestSandbox, startTestSandbox } from '../../testing/startTestSandbox';

const MANAGEMENT = '001122334455';
const ANALYTICS = '667788990011';
const LEGACY = '778899001122';

const TemplateBody = `
Parameters:
  Days: { Type: Number, Default: 7 }
Resources:
  Logs:
    Type: AWS::Logs::LogGroup
    Properties: { LogGroupName: !Sub 'of-set-\${Days}', RetentionInDays: !Ref Days }
`;

const named = (values: Record<string, string>) =>
  Object.entries(values).map(([ParameterKey, ParameterValue]) => ({
    ParameterKey,
    ParameterValue,
  }));

describe('stack sets', () => {
  let testSandbox: TestSandbox;
  let client: CloudFormationClient;
  let rootId: string;
  let StackSetName: string;
  let count = 0;

  beforeAll(async () => {
    testSandbox = await startTestSandbox();
    const config = testSandbox.clientConfig({ accountId: MANAGEMENT });
    client = new CloudFormationClient(config);
    const { Roots } = await new OrganizationsClient(config).send(
      new ListRootsCommand({}),
    );
    rootId = Roots![0].Id!;
  });
  afterAll(() => testSandbox.stop());

  beforeEach(() => {
    count += 1;
    StackSetName = `set-${count}`;
  });

  async function finished(OperationId: string | undefined) {
    for (;;) {
      const { StackSetOperation } = await client.send(
        new DescribeStackSetOperationCommand({ StackSetName, OperationId }),
      );
      if (StackSetOperation!.Status !== 'RUNNING') {
        return StackSetOperation!;
      }
      await new Promise(wake => setTimeout(wake, 10));
    }
  }

  async function instances() {
    const { Summaries } = await client.send(
      new ListStackInstancesCommand({ StackSetName }),
    );
    return Summaries!
      .map(({ Account, Region, Status, StackInstanceStatus }) =>
        [Account, Region, Status, StackInstanceStatus!.DetailedStatus].join(
          ' ',
        ),
      )
      .sort();
  }

  function logGroups() {
    return testSandbox.sandbox.estate.logGroups
      .filter(({ name }) => name.startsWith('of-set-'))
      .map(({ accountId, name }) => `${accountId} ${name}`)
      .sort();
  }

  async function removeInstances(input: object, Regions = ['us-east-1']) {
    const { OperationId } = await client.send(
      new DeleteStackInstancesCommand({
        StackSetName,
        Regions,
        RetainStacks: false,
        ...input,
      }),
    );
    expect(await finished(OperationId)).toMatchObject({ Status: 'SUCCEEDED' });
    await client.send(new DeleteStackSetCommand({ StackSetName }));
  }

  it('go to an organization, follow updates and leave nothing', async () => {
    await client.send(
      new CreateStackSetCommand({
        StackSetName,
        TemplateBody,
        PermissionModel: 'SERVICE_MANAGED',
        AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
        Description: 'Logs everywhere',
        Tags: [{ Key: 'team', Value: 'platform' }],
      }),
    );
    const DeploymentTargets = { OrganizationalUnitIds: [rootId] };
    const created = await client.send(
      new CreateStackInstancesCommand({
        StackSetName,
        DeploymentTargets,
        Regions: ['us-east-1'],
      }),
    );
    await expect(
      client.send(new DeleteStackSetCommand({ StackSetName })),
    ).rejects.toMatchObject({ name: 'StackSetNotEmptyException' });
    expect(await finished(created.OperationId)).toMatchObject({
      Action: 'CREATE',
      Status: 'SUCCEEDED',
      DeploymentTargets,
      EndTimestamp: expect.any(Date),
    });
    const members = testSandbox.sandbox.estate.accounts
      .values()
      .map(({ id }) => id)
      .filter(id => id !== MANAGEMENT)
      .sort();
    expect(await instances()).toEqual(
      members.map(account => `${account} us-east-1 CURRENT SUCCEEDED`),
    );
    expect(logGroups()).toEqual(members.map(account => `${account} of-set-7`));
    expect(
      await client.send(new DescribeStackSetCommand({ StackSetName })),
    ).toMatchObject({
      StackSet: {
        Status: 'ACTIVE',
        Description: 'Logs everywhere',
        PermissionModel: 'SERVICE_MANAGED',
        OrganizationalUnitIds: [rootId],
        Regions: ['us-east-1'],
        Parameters: named({ Days: '7' }),
        Tags: [{ Key: 'team', Value: 'platform' }],
      },
    });

    const overridden = await client.send(
      new UpdateStackInstancesCommand({
        StackSetName,
        DeploymentTargets: {
          OrganizationalUnitIds: [rootId],
          Accounts: [LEGACY],
          AccountFilterType: 'INTERSECTION',
        },
        Regions: ['us-east-1'],
        ParameterOverrides: named({ Days: '60' }),
      }),
    );
    await finished(overridden.OperationId);
    expect(
      await client.send(
        new DescribeStackInstanceCommand({
          StackSetName,
          StackInstanceAccount: LEGACY,
          StackInstanceRegion: 'us-east-1',
        }),
      ),
    ).toMatchObject({
      StackInstance: { ParameterOverrides: named({ Days: '60' }) },
    });

    const updated = await client.send(
      new UpdateStackSetCommand({
        StackSetName,
        UsePreviousTemplate: true,
        Parameters: named({ Days: '30' }),
      }),
    );
    expect(await finished(updated.OperationId)).toMatchObject({
      Action: 'UPDATE',
      Status: 'SUCCEEDED',
    });
    expect(logGroups()).toEqual(
      members.map(
        account => `${account} of-set-${account === LEGACY ? 60 : 30}`,
      ),
    );

    await removeInstances({ DeploymentTargets });
    expect(logGroups()).toEqual([]);
    const { Summaries } = await client.send(
      new ListStackSetsCommand({ Status: 'ACTIVE' }),
    );
    expect(Summaries).toEqual([]);
  });

  it('go to the accounts below an organizational unit', async () => {
    const organizations = new OrganizationsClient(
      testSandbox.clientConfig({ accountId: MANAGEMENT }),
    );
    const below = async (ParentId: string | undefined) => {
      const { OrganizationalUnits = [] } = await organizations.send(
        new ListOrganizationalUnitsForParentCommand({ ParentId }),
      );
      return OrganizationalUnits;
    };
    const workloads = (await below(rootId)).find(
      ({ Name }) => Name === 'workloads',
    )!;
    const [production] = await below(workloads.Id);
    const accounts = [];
    for (const { Id } of [workloads, production]) {
      const { Accounts } = await organizations.send(
        new ListAccountsForParentCommand({ ParentId: Id }),
      );
      accounts.push(...Accounts!.map(account => account.Id));
    }
    expect(accounts).toHaveLength(4);
    await client.send(
      new CreateStackSetCommand({
        StackSetName,
        TemplateBody,
        PermissionModel: 'SERVICE_MANAGED',
      }),
    );
    const DeploymentTargets = { OrganizationalUnitIds: [workloads.Id!] };
    const { OperationId } = await client.send(
      new CreateStackInstancesCommand({
        StackSetName,
        DeploymentTargets,
        Regions: ['us-east-1', 'eu-west-1'],
      }),
    );
    expect(await finished(OperationId)).toMatchObject({ Status: 'SUCCEEDED' });
    expect(await instances()).toHaveLength(8);
    await removeInstances({ DeploymentTargets }, ['us-east-1', 'eu-west-1']);
  });

  it('need roles in the accounts when these are named', async () => {
    const role = (AccountId: string, RoleName: string, AWS: string) =>
      new IAMClient(testSandbox.clientConfig({ accountId: AccountId })).send(
        new CreateRoleCommand({
          RoleName,
          AssumeRolePolicyDocument: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' },
            ],
          }),
        }),
      );
    await client.send(
      new CreateStackSetCommand({ StackSetName, TemplateBody }),
    );
    const deploy = async () => {
      const { OperationId } = await client.send(
        new CreateStackInstancesCommand({
          StackSetName,
          Accounts: [ANALYTICS, LEGACY],
          Regions: ['us-east-1'],
        }),
      );
      const { Status } = await finished(OperationId);
      const { Summaries } = await client.send(
        new ListStackSetOperationResultsCommand({ StackSetName, OperationId }),
      );
      return {
        Status,
        results: Summaries!.map(result =>
          [result.Account, result.Status, result.StatusReason]
            .filter(Boolean)
            .join(' '),
        ),
      };
    };
    const missing =
      "Account 667788990011 should have 'AWSCloudFormationStackSetExecutionRole' role with trust relationship to Role 'AWSCloudFormationStackSetAdministrationRole'.";
    expect(await deploy()).toEqual({
      Status: 'FAILED',
      results: [
        `${ANALYTICS} FAILED ${missing}`,
        `${LEGACY} CANCELLED Cancelled since failure tolerance has exceeded`,
      ],
    });
    expect(await instances()).toEqual([
      `${ANALYTICS} us-east-1 OUTDATED FAILED`,
      `${LEGACY} us-east-1 OUTDATED CANCELLED`,
    ]);

    const administration = 'AWSCloudFormationStackSetAdministrationRole';
    await role(MANAGEMENT, administration, `arn:aws:iam::${MANAGEMENT}:root`);
    for (const accountId of [ANALYTICS, LEGACY]) {
      await role(
        accountId,
        'AWSCloudFormationStackSetExecutionRole',
        `arn:aws:iam::${MANAGEMENT}:root`,
      );
    }
    const allow = (accountId: string, Action: string) =>
      new IAMClient(testSandbox.clientConfig({ accountId })).send(
        new PutRolePolicyCommand({
          RoleName: 'AWSCloudFormationStackSetExecutionRole',
          PolicyName: 'all',
          PolicyDocument: JSON.stringify({
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
          }),
        }),
      );
    await allow(ANALYTICS, 'cloudformation:*');
    await allow(LEGACY, '*');
    // The role's permissions count: this one may make a stack, but no log group.
    expect(await deploy()).toEqual({
      Status: 'FAILED',
      results: [
        expect.stringMatching(
          /^667788990011 FAILED ResourceLogicalId:Logs, ResourceType:AWS::Logs::LogGroup, ResourceStatusReason:.*AccessDenied/,
        ),
        expect.stringContaining('CANCELLED'),
      ],
    });
    await allow(ANALYTICS, '*');
    expect(await deploy()).toEqual({
      Status: 'SUCCEEDED',
      results: [`${ANALYTICS} SUCCEEDED`, `${LEGACY} SUCCEEDED`],
    });
    const { Summaries } = await client.send(
      new ListStackSetOperationsCommand({ StackSetName }),
    );
    expect(Summaries!.map(({ Status }) => Status)).toEqual([
      'SUCCEEDED',
      'FAILED',
      'FAILED',
    ]);
    await removeInstances({ Accounts: [ANALYTICS, LEGACY] });
    expect(logGroups()).toEqual([]);
  });

  it('are resources of stacks', async () => {
    const StackName = `holds-${StackSetName}`;
    const template = (days: number, regions: string[]) =>
      JSON.stringify({
        Resources: {
          Set: {
            Type: 'AWS::CloudFormation::StackSet',
            Properties: {
              StackSetName,
              PermissionModel: 'SERVICE_MANAGED',
              TemplateBody,
              Parameters: named({ Days: String(days) }),
              StackInstancesGroup: [
                {
                  DeploymentTargets: {
                    OrganizationalUnitIds: [rootId],
                    Accounts: [ANALYTICS, LEGACY],
                    AccountFilterType: 'INTERSECTION',
                  },
                  Regions: regions,
                },
              ],
            },
          },
        },
        Outputs: { Id: { Value: { 'Fn::GetAtt': ['Set', 'StackSetId'] } } },
      });
    const { StackId } = await client.send(
      new CreateStackCommand({
        StackName,
        TemplateBody: template(7, ['us-east-1']),
      }),
    );
    const atRest = async () => {
      for (;;) {
        const { Stacks } = await client.send(
          new DescribeStacksCommand({ StackName: StackId }),
        );
        if (!Stacks![0].StackStatus!.endsWith('_IN_PROGRESS')) {
          return Stacks![0];
        }
        await new Promise(wake => setTimeout(wake, 10));
      }
    };
    expect(await atRest()).toMatchObject({
      StackStatus: 'CREATE_COMPLETE',
      Outputs: [
        { OutputValue: expect.stringMatching(new RegExp(`^${StackSetName}:`)) },
      ],
    });
    expect(logGroups()).toEqual([
      `${ANALYTICS} of-set-7`,
      `${LEGACY} of-set-7`,
    ]);

    await client.send(
      new UpdateStackCommand({
        StackName,
        TemplateBody: template(30, ['eu-west-1']),
      }),
    );
    expect(await atRest()).toMatchObject({ StackStatus: 'UPDATE_COMPLETE' });
    expect(await instances()).toEqual([
      `${ANALYTICS} eu-west-1 CURRENT SUCCEEDED`,
      `${LEGACY} eu-west-1 CURRENT SUCCEEDED`,
    ]);
    expect(logGroups()).toEqual([
      `${ANALYTICS} of-set-30`,
      `${LEGACY} of-set-30`,
    ]);

    // What it can't do everywhere is undone everywhere.
    await client.send(
      new UpdateStackCommand({
        StackName,
        TemplateBody: template(8, ['eu-west-1']),
      }),
    );
    expect(await atRest()).toMatchObject({
      StackStatus: 'UPDATE_ROLLBACK_COMPLETE',
    });
    expect(logGroups()).toEqual([
      `${ANALYTICS} of-set-30`,
      `${LEGACY} of-set-30`,
    ]);

    await client.send(new DeleteStackCommand({ StackName }));
    expect(await atRest()).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
    expect(logGroups()).toEqual([]);
  });

  it.each<[string, () => Promise<unknown>, string, string | RegExp]>([
    [
      'an unknown one',
      () => client.send(new DescribeStackSetCommand({ StackSetName: 'nope' })),
      'StackSetNotFoundException',
      'StackSet nope not found',
    ],
    [
      'a member account that manages for the organization',
      () =>
        new CloudFormationClient(
          testSandbox.clientConfig({ accountId: LEGACY }),
        ).send(
          new CreateStackSetCommand({
            StackSetName: 'mine',
            TemplateBody,
            PermissionModel: 'SERVICE_MANAGED',
          }),
        ),
      'ValidationError',
      /^You must be the management account/,
    ],
    [
      'a template that is wrong',
      () =>
        client.send(
          new CreateStackSetCommand({
            StackSetName: 'wrong',
            TemplateBody: 'Resources: {}',
          }),
        ),
      'ValidationError',
      /At least one Resources member/,
    ],
  ])('refuse %s', async (_, send, name, message) => {
    await expect(send()).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
  });
});
