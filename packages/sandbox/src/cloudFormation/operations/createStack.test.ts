import {
  createTestEngine,
  createTestStack,
  parameters,
  updateTestStack,
} from '../testing/createTestEngine';

describe('CreateStack', () => {
  it.each<[string, string, string]>([
    [
      'circular dependencies',
      'Resources: { A: { Type: "AWS::Logs::LogGroup", DependsOn: B }, B: { Type: "AWS::Logs::LogGroup", DependsOn: A } }',
      'Circular dependency between resources: [A, B]',
    ],
    [
      'unknown references',
      'Resources: { A: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: !Ref Nope } } }',
      'Template format error: Unresolved resource dependencies [Nope] in the Resources block of the template',
    ],
    [
      'unknown attributes',
      'Resources: { A: { Type: "AWS::Logs::LogGroup" } }\nOutputs: { O: { Value: !GetAtt A.Idd } }',
      'Template error: resource A does not support attribute type Idd in Fn::GetAtt',
    ],
    [
      'unknown conditions',
      'Resources: { A: { Type: "AWS::Logs::LogGroup", Condition: Nope } }',
      'Unresolved condition dependency Nope',
    ],
    [
      'what a condition leaves out',
      'Conditions: { No: !Equals [a, b] }\nResources: { A: { Type: "AWS::Logs::LogGroup", Condition: No }, B: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: !Ref A } } }',
      'Unresolved resource dependencies [A]',
    ],
  ])('refuses %s', async (_, TemplateBody, message) => {
    const { call } = await createTestEngine();
    await expect(
      call('CreateStack', { StackName: 'shop', TemplateBody }),
    ).rejects.toMatchObject({
      code: 'ValidationError',
      message: expect.stringContaining(message),
    });
  });

  it.each<[string, string, string]>([
    [
      'a type without a provider',
      'Type: AWS::SQS::Queue',
      'Resource type AWS::SQS::Queue is not supported by the sandbox',
    ],
    [
      'an unknown property',
      'Type: AWS::Logs::LogGroup\n    Properties: { Nam: x }',
      '#: extraneous key [Nam] is not permitted',
    ],
    [
      'a missing property',
      'Type: AWS::VpcLattice::TargetGroup',
      '#: required key [Type] not found',
    ],
    [
      'a wrong enum',
      'Type: AWS::VpcLattice::Service\n    Properties: { AuthType: AWS_IAN }',
      '#/AuthType: AWS_IAN is not a valid enum value',
    ],
    [
      'a wrong type',
      'Type: AWS::VpcLattice::TargetGroup\n    Properties: { Type: IP, Config: { Port: 443x } }',
      '#/Config/Port: expected type: Integer, found: string',
    ],
    [
      'a property that can not be honoured',
      'Type: AWS::Logs::LogGroup\n    Properties: { KmsKeyId: k }',
      'The sandbox does not support [KmsKeyId] of AWS::Logs::LogGroup',
    ],
  ])('fails the stack for %s', async (_, resource, message) => {
    const sandbox = await createTestEngine();
    const { stack, reasons } = await createTestStack(sandbox, {
      TemplateBody: `Resources:\n  Thing:\n    ${resource}\n`,
      Parameters: [],
    });
    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(reasons.join()).toContain(message);
  });

  it.each<[string, Record<string, string>, string | undefined]>([
    ['all hold', { Days: '30' }, undefined],
    ['one does not', { Days: '7' }, 'Production keeps its logs'],
    ['one does not apply', { Days: '7', Stage: 'test' }, undefined],
    [
      'one of a list does not',
      { Days: '30', Zones: 'a,d' },
      'Zones are a, b or c',
    ],
  ])('holds parameters against rules: %s', async (_, values, message) => {
    const { call, engine } = await createTestEngine();
    const created = call('CreateStack', {
      StackName: 'shop',
      Parameters: parameters(values),
      TemplateBody: `
Parameters:
  Stage: { Type: String, Default: production }
  Days: { Type: Number }
  Zones: { Type: CommaDelimitedList, Default: "a,b" }
Rules:
  Retention:
    RuleCondition: !Equals [!Ref Stage, production]
    Assertions:
      - Assert: { "Fn::Contains": [["30", "60"], !Ref Days] }
        AssertDescription: Production keeps its logs
  Zones:
    Assertions:
      - Assert: { "Fn::EachMemberIn": [!Ref Zones, [a, b, c]] }
        AssertDescription: Zones are a, b or c
      - Assert: !Not [{ "Fn::EachMemberEquals": [!Ref Zones, a] }]
Resources:
  Logs: { Type: AWS::Logs::LogGroup, Properties: { RetentionInDays: !Ref Days } }
`,
    }).then(
      () => undefined,
      (error: Error) => error.message,
    );
    expect(await created).toBe(message);
    await engine.idle();
  });

  it('reads parameters of Systems Manager', async () => {
    const sandbox = await createTestEngine();
    const values: Record<string, string> = { '/logs/days': '30' };
    sandbox.services.ssm = {
      GetParameters: ({ Names }) => ({
        Parameters: Names.filter((name: string) => values[name]).map(
          (Name: string) => ({ Name, Value: values[Name] }),
        ),
      }),
    };
    const input = {
      TemplateBody: `
Parameters:
  Days: { Type: "AWS::SSM::Parameter::Value<String>", Default: /logs/days }
Resources:
  Logs: { Type: AWS::Logs::LogGroup, Properties: { RetentionInDays: !Ref Days } }
`,
    };
    const { stack } = await createTestStack(sandbox, input);
    expect(stack).toMatchObject({
      StackStatus: 'CREATE_COMPLETE',
      Parameters: [
        {
          ParameterKey: 'Days',
          ParameterValue: '/logs/days',
          ResolvedValue: '30',
        },
      ],
    });
    expect(sandbox.estate.logGroups.values()).toMatchObject([
      { retentionInDays: 30 },
    ]);
    // An update reads them anew.
    values['/logs/days'] = '60';
    await updateTestStack(sandbox, { UsePreviousTemplate: true });
    expect(sandbox.estate.logGroups.values()).toMatchObject([
      { retentionInDays: 60 },
    ]);
    await expect(
      createTestStack(sandbox, {
        ...input,
        StackName: 'other',
        Parameters: parameters({ Days: '/nope' }),
      }),
    ).rejects.toThrow(
      'Unable to fetch parameters [/nope] from parameter store for this account.',
    );
  });

  it('executes the language extensions when they are acknowledged', async () => {
    const sandbox = await createTestEngine();
    const input = {
      TemplateBody: `
Transform: AWS::LanguageExtensions
Parameters:
  Names: { Type: CommaDelimitedList }
Mappings: { Days: { orders: { value: 30 } } }
Resources:
  Fn::ForEach::Logs:
    - Name
    - !Ref Names
    - Logs\${Name}:
        Type: AWS::Logs::LogGroup
        Properties:
          LogGroupName: !Ref Name
          RetentionInDays: !FindInMap [Days, !Ref Name, value, { DefaultValue: 7 }]
Outputs:
  Count: { Value: { "Fn::Length": !Ref Names } }
`,
      Parameters: parameters({ Names: 'orders,payments' }),
    };
    await expect(createTestStack(sandbox, input)).rejects.toThrow(
      'Requires capabilities : [CAPABILITY_AUTO_EXPAND]',
    );
    const { stack } = await createTestStack(sandbox, {
      ...input,
      Capabilities: ['CAPABILITY_AUTO_EXPAND'],
    });
    expect(stack.Outputs[0].OutputValue).toBe('2');
    expect(
      sandbox.estate.logGroups
        .values()
        .map(({ name, retentionInDays }) => [name, retentionInDays]),
    ).toEqual([
      ['orders', 30],
      ['payments', 7],
    ]);
  });
});
