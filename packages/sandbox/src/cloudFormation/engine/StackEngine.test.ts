import { Estate } from '../../estate/Estate';
import { AwsError } from '../../operations/AwsError';
import {
  TestEngine,
  createTestEngine as setUp,
  createTestStack,
  parameters,
} from '../testing/createTestEngine';

const template = `
Parameters:
  Name: { Type: String }
  Days: { Type: Number, Default: 7 }
  Secret: { Type: String, NoEcho: true, Default: hush }
  AuthType: { Type: String, Default: AWS_IAM }
Conditions:
  IsOpen: !Equals [!Ref AuthType, NONE]
Mappings:
  Ports: { https: { number: 443 } }
Resources:
  Policy:
    Type: AWS::VpcLattice::AuthPolicy
    Properties:
      ResourceIdentifier: !GetAtt Service.Arn
      Policy:
        Statement:
          - { Effect: Allow, Principal: '*', Action: '*', Resource: !Sub '\${Service.Arn}/*' }
  Service:
    Type: AWS::VpcLattice::Service
    Properties: { Name: !Ref Name, AuthType: !Ref AuthType, Tags: [{ Key: owner, Value: us }] }
  Logs:
    Type: AWS::Logs::LogGroup
    Properties: { RetentionInDays: !Ref Days }
  Subscription:
    Type: AWS::VpcLattice::AccessLogSubscription
    Properties: { ResourceIdentifier: !Ref Service, DestinationArn: !GetAtt Logs.Arn }
  Listener:
    Type: AWS::VpcLattice::Listener
    DependsOn: Policy
    Properties:
      ServiceIdentifier: !Ref Service
      Protocol: HTTPS
      Port: !FindInMap [Ports, https, number]
      DefaultAction: { FixedResponse: { StatusCode: 404 } }
  OnlyWhenOpen:
    Type: AWS::Logs::LogGroup
    Condition: IsOpen
Outputs:
  Domain: { Value: !GetAtt Service.DnsEntry.DomainName, Description: Its name }
  Exported: { Value: !Ref Logs, Export: { Name: !Sub '\${AWS::StackName}-logs' } }
  Open: { Condition: IsOpen, Value: 'yes' }
`;

function create(sandbox: TestEngine, input: Record<string, unknown> = {}) {
  return createTestStack(sandbox, {
    TemplateBody: template,
    Parameters: parameters({ Name: 'orders' }),
    ...input,
  });
}

function leftovers(estate: Estate) {
  return [
    estate.services,
    estate.listeners,
    estate.logGroups,
    estate.authPolicies,
    estate.accessLogSubscriptions,
  ].map(({ size }) => size);
}

describe('StackEngine', () => {
  it('makes the resources in order, and deletes them in reverse', async () => {
    const sandbox = await setUp();
    const { stack, events } = await create(sandbox, {
      Tags: [{ Key: 'team', Value: 'shop' }],
    });

    expect(stack).toMatchObject({
      StackStatus: 'CREATE_COMPLETE',
      Outputs: [
        {
          OutputKey: 'Domain',
          OutputValue: expect.stringMatching(/^orders-.*\.on\.aws$/),
          Description: 'Its name',
        },
        { OutputKey: 'Exported', ExportName: 'shop-logs' },
      ],
      Parameters: expect.arrayContaining([
        { ParameterKey: 'Days', ParameterValue: '7' },
        { ParameterKey: 'Secret', ParameterValue: '****' },
      ]),
    });
    expect(events[0]).toBe('shop CREATE_IN_PROGRESS');
    expect(events.at(-1)).toBe('shop CREATE_COMPLETE');
    for (const [before, after] of [
      ['Service CREATE_COMPLETE', 'Policy CREATE_IN_PROGRESS'],
      ['Policy CREATE_COMPLETE', 'Listener CREATE_IN_PROGRESS'],
      ['Logs CREATE_COMPLETE', 'Subscription CREATE_IN_PROGRESS'],
    ]) {
      expect(events.indexOf(before)).toBeGreaterThan(-1);
      expect(events.indexOf(before)).toBeLessThan(events.indexOf(after));
    }
    const { estate } = sandbox;
    const [service] = estate.services.values();
    expect(service.tags).toEqual({ owner: 'us', team: 'shop' });
    expect(estate.listeners.values()[0]).toMatchObject({ port: 443 });
    expect(estate.logGroups.values()).toEqual([
      expect.objectContaining({
        name: expect.stringMatching(/^shop-Logs-[A-Z0-9]{12}$/),
        retentionInDays: 7,
      }),
    ]);

    await sandbox.call('DeleteStack', { StackName: 'shop' });
    await sandbox.engine.idle();
    expect(leftovers(estate)).toEqual([0, 0, 0, 0, 0]);
    const { StackEvents } = await sandbox.call('DescribeStackEvents', {
      StackName: stack.StackId,
    });
    const deleted = StackEvents.reverse()
      .filter((event: any) => event.ResourceStatus === 'DELETE_COMPLETE')
      .map((event: any) => event.LogicalResourceId);
    expect(deleted.indexOf('Listener')).toBeLessThan(deleted.indexOf('Policy'));
    expect(deleted.indexOf('Policy')).toBeLessThan(deleted.indexOf('Service'));
    expect(deleted.at(-1)).toBe('shop');
    await expect(
      sandbox.call('DescribeStacks', { StackName: 'shop' }),
    ).rejects.toThrow('Stack with id shop does not exist');
  });

  it('rolls back when a resource fails, and says which and why', async () => {
    const sandbox = await setUp();
    sandbox.services['vpc-lattice'].CreateListener = () => {
      throw new AwsError({
        code: 'ServiceQuotaExceededException',
        message: 'There may be 2 listeners per service',
      });
    };
    const { stack, events, reasons } = await create(sandbox);
    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(events).toEqual(
      expect.arrayContaining([
        'Listener CREATE_FAILED',
        'shop ROLLBACK_IN_PROGRESS',
        'Service DELETE_COMPLETE',
        'shop ROLLBACK_COMPLETE',
      ]),
    );
    expect(reasons).toEqual(
      expect.arrayContaining([
        'The following resource(s) failed to create: [Listener]. Rollback requested by user.',
        'Resource handler returned message: "There may be 2 listeners per service" (HandlerErrorCode: ServiceLimitExceeded, Error: ServiceQuotaExceededException)',
      ]),
    );
    expect(leftovers(sandbox.estate)).toEqual([0, 0, 0, 0, 0]);
  });

  it('deletes what a failing resource has already made', async () => {
    const sandbox = await setUp();
    const { stack } = await create(sandbox, {
      Parameters: parameters({ Name: 'orders', Days: '8' }),
    });
    // The log group's retention is an enumeration.
    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');

    sandbox.services.logs.PutRetentionPolicy = () => {
      throw new AwsError({ code: 'InvalidParameterException', message: 'no' });
    };
    const second = await create(sandbox, { StackName: 'second' });
    expect(second.stack.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(leftovers(sandbox.estate)).toEqual([0, 0, 0, 0, 0]);
  });

  it('tries again when throttled', async () => {
    const sandbox = await setUp();
    const { CreateService } = sandbox.services['vpc-lattice'];
    let calls = 0;
    sandbox.services['vpc-lattice'].CreateService = (input, context) => {
      calls += 1;
      if (calls < 3) {
        throw new AwsError({ code: 'ThrottlingException', message: 'slow' });
      }
      return CreateService(input, context);
    };
    const { stack } = await create(sandbox);
    expect(stack.StackStatus).toBe('CREATE_COMPLETE');
  });

  it.each([
    ['DO_NOTHING', 'CREATE_FAILED', 1],
    ['DELETE', 'DELETE_COMPLETE', 0],
  ])('on failure does %s', async (OnFailure, status, services) => {
    const sandbox = await setUp();
    sandbox.services['vpc-lattice'].CreateListener = () => {
      throw new Error('no');
    };
    const { stack } = await create(sandbox, { OnFailure });
    expect(stack.StackStatus).toBe(status);
    expect(sandbox.estate.services.size).toBe(services);
  });

  it('keeps what can not be deleted, and deletes it at the next try', async () => {
    const sandbox = await setUp();
    await create(sandbox);
    const { DeleteLogGroup } = sandbox.services.logs;
    sandbox.services.logs.DeleteLogGroup = () => {
      throw new AwsError({ code: 'OperationAbortedException', message: 'no' });
    };
    await sandbox.call('DeleteStack', { StackName: 'shop' });
    await sandbox.engine.idle();
    const { Stacks } = await sandbox.call('DescribeStacks', {
      StackName: 'shop',
    });
    expect(Stacks[0]).toMatchObject({
      StackStatus: 'DELETE_FAILED',
      StackStatusReason: 'The following resource(s) failed to delete: [Logs].',
    });

    sandbox.services.logs.DeleteLogGroup = DeleteLogGroup;
    await sandbox.call('DeleteStack', { StackName: 'shop' });
    await sandbox.engine.idle();
    expect(leftovers(sandbox.estate)).toEqual([0, 0, 0, 0, 0]);
  });

  it('rolls back after a stop in the middle', async () => {
    const before = await setUp({ slow: 10_000 });
    await before.call('CreateStack', {
      StackName: 'shop',
      TemplateBody: template,
      Parameters: parameters({ Name: 'orders' }),
    });
    await new Promise(resolve => setTimeout(resolve, 10));
    await before.engine.stop();
    const { Stacks } = await before.call('DescribeStacks', {});
    expect(Stacks[0].StackStatus).toBe('CREATE_IN_PROGRESS');

    const after = await setUp({ estate: before.estate });
    after.engine.recover();
    await after.engine.idle();
    const answer = await after.call('DescribeStacks', { StackName: 'shop' });
    expect(answer.Stacks[0].StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(leftovers(after.estate)).toEqual([0, 0, 0, 0, 0]);
  });

  it('gives the same stack for the same token, and refuses the same name', async () => {
    const sandbox = await setUp();
    const input = {
      StackName: 'shop',
      TemplateBody: template,
      Parameters: parameters({ Name: 'orders' }),
      ClientRequestToken: 'once',
    };
    const first = await sandbox.call('CreateStack', input);
    expect(await sandbox.call('CreateStack', input)).toEqual(first);
    await expect(
      sandbox.call('CreateStack', { ...input, ClientRequestToken: 'twice' }),
    ).rejects.toMatchObject({ code: 'AlreadyExistsException' });
    await sandbox.engine.idle();
  });

  it('passes exported values on, and exports no name twice', async () => {
    const sandbox = await setUp();
    await create(sandbox);
    const importing = await create(sandbox, {
      StackName: 'importing',
      Parameters: [],
      TemplateBody:
        'Resources: { A: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: !Sub ["copy-${X}", { X: !ImportValue shop-logs }] } } }',
    });
    expect(importing.stack.StackStatus).toBe('CREATE_COMPLETE');
    const clash = await create(sandbox, {
      StackName: 'clash',
      Parameters: [],
      TemplateBody:
        'Resources: { A: { Type: "AWS::Logs::LogGroup" } }\nOutputs: { O: { Value: x, Export: { Name: shop-logs } } }',
    });
    expect(clash.stack.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(clash.reasons.join()).toContain(
      'is already exported by stack shop.',
    );
  });
});
