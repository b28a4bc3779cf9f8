import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  ListChangeSetsCommand,
  ListExportsCommand,
  ListStackResourcesCommand,
  Stack,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import {
  CreateBucketCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  TestSandbox,
  startTestSandbox,
} from '../../../testing/startTestSandbox';

/** The stack as the SDK sees it, once it is at rest. */
async function stackAtRest(
  client: CloudFormationClient,
  StackName: string,
): Promise<Stack> {
  for (;;) {
    const { Stacks } = await client.send(
      new DescribeStacksCommand({ StackName }),
    );
    const [stack] = Stacks!;
    if (!/(?<!REVIEW)_IN_PROGRESS$/.test(stack.StackStatus!)) {
      return stack;
    }
    await new Promise(wake => setTimeout(wake, 10));
  }
}

/** What a change set will do, a line per resource and cause. */
async function plannedChanges(
  client: CloudFormationClient,
  input: { ChangeSetName: string; StackName?: string },
): Promise<string[]> {
  const { Changes = [] } = await client.send(
    new DescribeChangeSetCommand(input),
  );
  return Changes.flatMap(({ ResourceChange: change }) => [
    [change!.Action, change!.LogicalResourceId, change!.Replacement]
      .filter(Boolean)
      .join(' '),
    ...(change!.Details ?? []).map(
      ({ Target, Evaluation, ChangeSource, CausingEntity }) =>
        [
          ' ',
          Target!.Attribute,
          Target!.Name,
          Target!.RequiresRecreation,
          Evaluation,
          ChangeSource,
          CausingEntity,
        ]
          .filter(Boolean)
          .join(' '),
    ),
  ]);
}

const TemplateBody = `
Parameters:
  Name: { Type: String, Default: orders }
  Days: { Type: Number, Default: 7 }
  Secret: { Type: String, NoEcho: true, Default: hush }
Resources:
  Service:
    Type: AWS::VpcLattice::Service
    Properties: { Name: !Ref Name, AuthType: AWS_IAM }
  Listener:
    Type: AWS::VpcLattice::Listener
    Properties:
      ServiceIdentifier: !Ref Service
      Protocol: HTTPS
      DefaultAction: { FixedResponse: { StatusCode: 404 } }
  Policy:
    Type: AWS::VpcLattice::AuthPolicy
    Properties:
      ResourceIdentifier: !GetAtt Service.Arn
      Policy: { Statement: [{ Effect: Allow, Principal: '*', Action: '*', Resource: '*' }] }
  Logs:
    Type: AWS::Logs::LogGroup
    Properties: { RetentionInDays: !Ref Days }
Outputs:
  Logs: { Value: !Ref Logs, Export: { Name: !Sub '\${AWS::StackName}-logs' } }
`;

describe('change sets', () => {
  let testSandbox: TestSandbox;
  let client: CloudFormationClient;
  let StackName: string;
  let count = 0;

  beforeAll(async () => {
    testSandbox = await startTestSandbox();
    client = new CloudFormationClient(
      testSandbox.clientConfig({ accountId: '778899001122' }),
    );
  });
  afterAll(() => testSandbox.stop());

  beforeEach(async () => {
    count += 1;
    StackName = `shop-${count}`;
  });
  afterEach(async () => {
    await client.send(new DeleteStackCommand({ StackName }));
  });

  const named = (values: Record<string, string>) =>
    Object.entries(values).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue,
    }));

  async function createStack() {
    const { StackId } = await client.send(
      new CreateStackCommand({
        StackName,
        TemplateBody,
        Parameters: named({ Name: StackName }),
      }),
    );
    expect(await stackAtRest(client, StackId!)).toMatchObject({
      StackStatus: 'CREATE_COMPLETE',
    });
    return StackId!;
  }

  it.each<[string, (body: string) => string, Record<string, string>, string[]]>(
    [
      [
        'a parameter',
        body => body,
        { Days: '30' },
        [
          'Modify Logs False',
          '  Properties RetentionInDays Never Static ParameterReference Days',
        ],
      ],
      [
        'a property',
        body => body.replace('StatusCode: 404', 'StatusCode: 500'),
        {},
        [
          'Modify Listener False',
          '  Properties DefaultAction Never Static DirectModification',
        ],
      ],
      [
        'a replacement, and what refers to it',
        body => body,
        { Name: 'another' },
        [
          'Modify Service True',
          '  Properties Name Always Static ParameterReference Name',
          'Modify Listener True',
          '  Properties ServiceIdentifier Always Static ResourceReference Service',
          'Modify Policy True',
          '  Properties ResourceIdentifier Always Static ResourceAttribute Service.Arn',
        ],
      ],
      [
        'an attribute that may change',
        body => body.replace('AuthType: AWS_IAM', 'AuthType: NONE'),
        {},
        [
          'Modify Service False',
          '  Properties AuthType Never Static DirectModification',
          'Modify Policy Conditional',
          '  Properties ResourceIdentifier Conditionally Dynamic ResourceAttribute Service.Arn',
        ],
      ],
      [
        'resources that come and go',
        body =>
          body
            .replace('  Logs:\n    Type', '  Others:\n    Type')
            .replace('!Ref Logs', '!Ref Others'),
        {},
        ['Add Others', 'Remove Logs'],
      ],
      [
        'metadata and policies',
        body =>
          body.replace(
            'Type: AWS::Logs::LogGroup',
            'Type: AWS::Logs::LogGroup\n    Metadata: { a: b }\n    DeletionPolicy: Retain',
          ),
        {},
        [
          'Modify Logs False',
          '  Metadata Never Static DirectModification',
          '  DeletionPolicy Never Static DirectModification',
        ],
      ],
    ],
  )('tell of %s', async (_, edit, values, expected) => {
    await createStack();
    const { Id } = await client.send(
      new CreateChangeSetCommand({
        StackName,
        ChangeSetName: 'next',
        TemplateBody: edit(TemplateBody),
        Parameters: named({ Name: StackName, ...values }),
      }),
    );
    expect(await plannedChanges(client, { ChangeSetName: Id! })).toEqual(
      expected,
    );
    await client.send(new ExecuteChangeSetCommand({ ChangeSetName: Id }));
    expect(await stackAtRest(client, StackName)).toMatchObject({
      StackStatus: 'UPDATE_COMPLETE',
      ChangeSetId: Id,
    });
    expect(
      await client.send(new DescribeChangeSetCommand({ ChangeSetName: Id })),
    ).toMatchObject({ ExecutionStatus: 'EXECUTE_COMPLETE' });
  });

  it('show values on demand, but for secrets', async () => {
    await createStack();
    const input = { StackName, ChangeSetName: 'next' };
    await client.send(
      new CreateChangeSetCommand({
        ...input,
        Description: 'Longer logs',
        UsePreviousTemplate: true,
        Parameters: named({ Name: StackName, Days: '30' }),
      }),
    );
    expect(
      await client.send(
        new DescribeChangeSetCommand({ ...input, IncludePropertyValues: true }),
      ),
    ).toMatchObject({
      Status: 'CREATE_COMPLETE',
      ExecutionStatus: 'AVAILABLE',
      Description: 'Longer logs',
      CreationTime: expect.any(Date),
      Parameters: expect.arrayContaining([
        { ParameterKey: 'Secret', ParameterValue: '****' },
      ]),
      Changes: [
        {
          Type: 'Resource',
          ResourceChange: {
            PhysicalResourceId: expect.stringMatching(/-Logs-/),
            Scope: ['Properties'],
            AfterContext: '{"Properties":{"RetentionInDays":30},"Tags":{}}',
            Details: [
              {
                Target: {
                  Path: '/Properties/RetentionInDays',
                  BeforeValue: '7',
                  AfterValue: '30',
                  AttributeChangeType: 'Modify',
                },
              },
            ],
          },
        },
      ],
    });
  });

  it('take templates from S3, that may be longer', async () => {
    const s3 = new S3Client({
      ...testSandbox.clientConfig({ accountId: '778899001122' }),
      forcePathStyle: true,
    });
    const Body = `${TemplateBody}# ${'x'.repeat(60_000)}\n`;
    const Bucket = 'templates-of-tests';
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(new PutObjectCommand({ Bucket, Key: 'shop.yaml', Body }));
    const input = {
      StackName,
      ChangeSetName: 'first',
      ChangeSetType: 'CREATE',
    } as const;
    await expect(
      client.send(new CreateChangeSetCommand({ ...input, TemplateBody: Body })),
    ).rejects.toThrow('Member must have length less than or equal to 51200');
    const TemplateURL = (key: string) =>
      `https://${Bucket}.s3.us-east-1.amazonaws.com/${key}`;
    await expect(
      client.send(
        new CreateChangeSetCommand({
          ...input,
          TemplateURL: TemplateURL('nope'),
        }),
      ),
    ).rejects.toThrow('S3 error: The specified key does not exist.');
    await client.send(
      new CreateChangeSetCommand({
        ...input,
        TemplateURL: TemplateURL('shop.yaml'),
      }),
    );
    expect(await plannedChanges(client, input)).toContain('Add Service');
  });

  it('fail without changes', async () => {
    await createStack();
    const input = { StackName, ChangeSetName: 'next' };
    await client.send(
      new CreateChangeSetCommand({
        ...input,
        UsePreviousTemplate: true,
        Parameters: [{ ParameterKey: 'Name', UsePreviousValue: true }],
      }),
    );
    expect(
      await client.send(new DescribeChangeSetCommand(input)),
    ).toMatchObject({
      Status: 'FAILED',
      ExecutionStatus: 'UNAVAILABLE',
      StatusReason:
        "The submitted information didn't contain changes. Submit different information to create a change set.",
    });
    await expect(
      client.send(new ExecuteChangeSetCommand(input)),
    ).rejects.toMatchObject({ name: 'InvalidChangeSetStatusException' });
    await expect(
      client.send(
        new UpdateStackCommand({
          StackName,
          UsePreviousTemplate: true,
          Parameters: [{ ParameterKey: 'Name', UsePreviousValue: true }],
        }),
      ),
    ).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'No updates are to be performed.',
    });
  });

  it('create stacks', async () => {
    const input = { StackName, ChangeSetName: 'first' };
    const { StackId } = await client.send(
      new CreateChangeSetCommand({
        ...input,
        ChangeSetType: 'CREATE',
        TemplateBody,
        Parameters: named({ Name: StackName }),
        Tags: [{ Key: 'team', Value: 'shop' }],
      }),
    );
    expect(await stackAtRest(client, StackName)).toMatchObject({
      StackStatus: 'REVIEW_IN_PROGRESS',
      StackId,
    });
    expect(await plannedChanges(client, input)).toEqual([
      'Add Service',
      'Add Logs',
      'Add Listener',
      'Add Policy',
    ]);
    await client.send(new ExecuteChangeSetCommand(input));
    expect(await stackAtRest(client, StackName)).toMatchObject({
      StackStatus: 'CREATE_COMPLETE',
      Tags: [{ Key: 'team', Value: 'shop' }],
    });
    const { StackResourceSummaries } = await client.send(
      new ListStackResourcesCommand({ StackName }),
    );
    expect(StackResourceSummaries).toHaveLength(4);
    const { Exports } = await client.send(new ListExportsCommand({}));
    expect(Exports).toContainEqual({
      ExportingStackId: StackId,
      Name: `${StackName}-logs`,
      Value: expect.stringMatching(/-Logs-/),
    });
    await expect(
      client.send(
        new CreateChangeSetCommand({
          ...input,
          ChangeSetType: 'CREATE',
          TemplateBody,
        }),
      ),
    ).rejects.toThrow(
      `Stack [${StackName}] already exists and cannot be created again with the changeSet [first].`,
    );
  });

  it('leave no stack behind when they can not be made', async () => {
    await expect(
      client.send(
        new CreateChangeSetCommand({
          StackName,
          ChangeSetName: 'first',
          ChangeSetType: 'CREATE',
          TemplateBody: 'Resources: {}',
        }),
      ),
    ).rejects.toThrow('At least one Resources member must be defined.');
    await expect(stackAtRest(client, StackName)).rejects.toThrow(
      `Stack with id ${StackName} does not exist`,
    );
  });

  it('are listed, become obsolete and can be deleted', async () => {
    await createStack();
    for (const [ChangeSetName, Days] of [
      ['one', '30'],
      ['two', '60'],
    ]) {
      await client.send(
        new CreateChangeSetCommand({
          StackName,
          ChangeSetName,
          UsePreviousTemplate: true,
          Parameters: named({ Name: StackName, Days }),
        }),
      );
    }
    await client.send(
      new ExecuteChangeSetCommand({ StackName, ChangeSetName: 'one' }),
    );
    await stackAtRest(client, StackName);
    const list = async () => {
      const { Summaries } = await client.send(
        new ListChangeSetsCommand({ StackName }),
      );
      return Summaries!.map(({ ChangeSetName, ExecutionStatus }) =>
        [ChangeSetName, ExecutionStatus].join(' '),
      );
    };
    expect(await list()).toEqual(['two OBSOLETE', 'one EXECUTE_COMPLETE']);
    const two = { StackName, ChangeSetName: 'two' };
    await expect(
      client.send(new ExecuteChangeSetCommand(two)),
    ).rejects.toMatchObject({ name: 'InvalidChangeSetStatusException' });
    await client.send(new DeleteChangeSetCommand(two));
    expect(await list()).toEqual(['one EXECUTE_COMPLETE']);
    await expect(
      client.send(new DescribeChangeSetCommand(two)),
    ).rejects.toMatchObject({ name: 'ChangeSetNotFoundException' });
  });
});
