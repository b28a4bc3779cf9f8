import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Estate } from '../../estate/Estate';
import { Journal } from '../../estate/Journal';
import { AwsError } from '../../operations/AwsError';
import {
  TestEngine,
  atRest,
  createTestEngine,
  createTestStack,
  parameters,
  updateTestStack,
} from '../testing/createTestEngine';

const template = `
Parameters:
  Name: { Type: String, Default: orders }
  Days: { Type: Number, Default: 7 }
  AuthType: { Type: String, Default: AWS_IAM }
  Code: { Type: Number, Default: 404 }
  WithPolicy: { Type: String, Default: 'yes' }
Conditions:
  HasPolicy: !Equals [!Ref WithPolicy, 'yes']
Resources:
  Service:
    Type: AWS::VpcLattice::Service
    Properties: { Name: !Ref Name, AuthType: !Ref AuthType }
  Policy:
    Type: AWS::VpcLattice::AuthPolicy
    Condition: HasPolicy
    Properties:
      ResourceIdentifier: !GetAtt Service.Arn
      Policy:
        Statement:
          - { Effect: Allow, Principal: '*', Action: '*', Resource: !Sub '\${Service.Arn}/*' }
  Logs:
    Type: AWS::Logs::LogGroup
    Properties: { RetentionInDays: !Ref Days }
  Listener:
    Type: AWS::VpcLattice::Listener
    Properties:
      ServiceIdentifier: !Ref Service
      Protocol: HTTPS
      DefaultAction: { FixedResponse: { StatusCode: !Ref Code } }
Outputs:
  Domain: { Value: !GetAtt Service.DnsEntry.DomainName }
`;

function update(
  sandbox: TestEngine,
  values: Record<string, string>,
  input: Record<string, unknown> = {},
) {
  return updateTestStack(sandbox, {
    UsePreviousTemplate: true,
    Parameters: parameters(values),
    ...input,
  });
}

async function setUp(options: Parameters<typeof createTestEngine>[0] = {}) {
  const sandbox = await createTestEngine(options);
  await createTestStack(sandbox, { TemplateBody: template });
  return sandbox;
}

/** Everything that stacks can make here, by what tells it apart, without what a new one differs in. */
function contents({ estate }: TestEngine) {
  return {
    services: estate.services
      .values()
      .map(({ name, authType, tags }) => ({ name, authType, tags })),
    policies: estate.authPolicies.size,
    listeners: estate.listeners
      .values()
      .map(({ defaultAction }) => defaultAction),
    logGroups: estate.logGroups
      .values()
      .map(({ retentionInDays, tags }) => ({ retentionInDays, tags })),
  };
}

async function resourceIds(sandbox: TestEngine) {
  const { StackResources } = await sandbox.call('DescribeStackResources', {
    StackName: 'shop',
  });
  return Object.fromEntries(
    StackResources.map((resource: any) => [
      resource.LogicalResourceId,
      resource.PhysicalResourceId,
    ]),
  );
}

function failAt(sandbox: TestEngine, service: string, operation: string) {
  const original = sandbox.services[service][operation];
  sandbox.services[service][operation] = () => {
    throw new AwsError({ code: 'ConflictException', message: 'not now' });
  };
  return () => {
    sandbox.services[service][operation] = original;
  };
}

/** Only the first call fails: a rollback may need the same operation. */
function failOnce(sandbox: TestEngine, service: string, operation: string) {
  const operations = sandbox.services[service];
  const original = operations[operation];
  operations[operation] = () => {
    operations[operation] = original;
    throw new AwsError({ code: 'ConflictException', message: 'not now' });
  };
}

describe('UpdateStack', () => {
  it.each<[string, Record<string, string>, string[], string[]]>([
    ['a property in place', { Days: '30' }, ['Logs'], []],
    ['two at once', { Days: '30', Code: '500' }, ['Listener', 'Logs'], []],
    [
      'a create-only property, and what refers to it',
      { Name: 'payments' },
      ['Listener', 'Policy', 'Service'],
      ['Listener', 'Policy', 'Service'],
    ],
    ['in place what others refer to', { AuthType: 'NONE' }, ['Service'], []],
  ])('changes %s', async (_, values, changed, replaced) => {
    const sandbox = await setUp();
    const before = await resourceIds(sandbox);
    const { stack, events } = await update(sandbox, values);
    expect(stack.StackStatus).toBe('UPDATE_COMPLETE');
    expect(stack.LastUpdatedTime).toBeDefined();
    const after = await resourceIds(sandbox);
    const named = (status: string) =>
      events
        .filter(event => event.endsWith(` ${status}`))
        .map(event => event.split(' ')[0])
        .filter(name => name !== 'shop')
        .sort();
    expect(named('UPDATE_COMPLETE')).toEqual(changed);
    expect(named('DELETE_COMPLETE')).toEqual(replaced);
    expect(
      Object.keys(after)
        .filter(name => after[name] !== before[name])
        .sort(),
    ).toEqual(replaced);
    expect(sandbox.estate.services.size).toBe(1);
    expect(sandbox.estate.listeners.size).toBe(1);
    expect(sandbox.estate.authPolicies.size).toBe(1);
  });

  it('makes the new, switches over, and only then removes the old', async () => {
    const sandbox = await setUp();
    const { stack, events } = await update(sandbox, { Name: 'payments' });
    const order = [
      'shop UPDATE_IN_PROGRESS',
      'Service UPDATE_COMPLETE',
      'Listener UPDATE_IN_PROGRESS',
      'Listener UPDATE_COMPLETE',
      'shop UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'Listener DELETE_COMPLETE',
      'Service DELETE_IN_PROGRESS',
      'Service DELETE_COMPLETE',
      'shop UPDATE_COMPLETE',
    ].map(event => events.lastIndexOf(event));
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((left, right) => left - right));
    expect(stack.Outputs[0].OutputValue).toMatch(/^payments-/);
    expect(contents(sandbox).services).toMatchObject([{ name: 'payments' }]);
  });

  it('adds and removes resources', async () => {
    const sandbox = await setUp();
    const without = await update(sandbox, { WithPolicy: 'no' });
    expect(without.events).toContain('Policy DELETE_COMPLETE');
    expect(sandbox.estate.authPolicies.size).toBe(0);
    const again = await update(sandbox, { WithPolicy: 'yes' });
    expect(again.events).toContain('Policy CREATE_COMPLETE');
    expect(sandbox.estate.authPolicies.size).toBe(1);
  });

  it.each<[string, Record<string, string>, string, string]>([
    ['an update in place', { Days: '30' }, 'logs', 'PutRetentionPolicy'],
    ['a replacement', { Name: 'payments' }, 'vpc-lattice', 'CreateService'],
    [
      'a resource after a replacement',
      { Name: 'payments', Days: '30', AuthType: 'NONE', Code: '500' },
      'vpc-lattice',
      'CreateListener',
    ],
  ])('rolls back when %s fails', async (_, values, service, operation) => {
    const sandbox = await setUp();
    const [before, ids] = [contents(sandbox), await resourceIds(sandbox)];
    failOnce(sandbox, service, operation);
    const { stack, events, reasons } = await update(sandbox, values);
    expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stack.Parameters).toContainEqual({
      ParameterKey: 'Name',
      ParameterValue: 'orders',
    });
    expect(events).toEqual(
      expect.arrayContaining([
        'shop UPDATE_ROLLBACK_IN_PROGRESS',
        'shop UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
      ]),
    );
    expect(reasons.join()).toMatch(
      /The following resource\(s\) failed to update: \[\w+\]\./,
    );
    expect(contents(sandbox)).toEqual(before);
    expect(await resourceIds(sandbox)).toEqual(ids);
    // And the stack is as good as before.
    expect((await update(sandbox, values)).stack.StackStatus).toBe(
      'UPDATE_COMPLETE',
    );
  });

  it('removes what a failed update has added', async () => {
    const sandbox = await setUp();
    await update(sandbox, { WithPolicy: 'no' });
    failOnce(sandbox, 'vpc-lattice', 'UpdateListener');
    const { stack, events } = await update(sandbox, {
      WithPolicy: 'yes',
      Code: '500',
    });
    expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(sandbox.estate.authPolicies.size).toBe(0);
    expect(Object.keys(await resourceIds(sandbox))).not.toContain('Policy');
    expect(events).toContain('Policy DELETE_COMPLETE');
  });

  it('puts the tags of the stack on all resources', async () => {
    const sandbox = await setUp();
    const Tags = [{ Key: 'team', Value: 'shop' }];
    await update(sandbox, {}, { Tags });
    expect(contents(sandbox).services[0].tags).toEqual({ team: 'shop' });
    expect(contents(sandbox).logGroups[0].tags).toEqual({ team: 'shop' });
    // Tags that are not given stay; an empty list takes them off.
    await update(sandbox, { Days: '30' });
    expect(contents(sandbox).logGroups[0].tags).toEqual({ team: 'shop' });
    await update(sandbox, { Days: '30' }, { Tags: [] });
    expect(contents(sandbox).logGroups[0].tags).toEqual({});
  });

  it('keeps what is to be retained', async () => {
    const sandbox = await createTestEngine();
    const logs = (name: string, logicalId = 'Logs') =>
      `Resources: { ${logicalId}: { Type: "AWS::Logs::LogGroup", DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { LogGroupName: ${name} } } }`;
    await createTestStack(sandbox, { TemplateBody: logs('one') });
    const replaced = await updateTestStack(sandbox, {
      TemplateBody: logs('two'),
    });
    expect(replaced.events).toContain('Logs DELETE_SKIPPED');
    const removed = await updateTestStack(sandbox, {
      TemplateBody: logs('three', 'Others'),
    });
    expect(removed.events).toContain('Logs DELETE_SKIPPED');
    await sandbox.call('DeleteStack', { StackName: 'shop' });
    await sandbox.engine.idle();
    expect(sandbox.estate.logGroups.values().map(({ name }) => name)).toEqual([
      'one',
      'two',
      'three',
    ]);
  });

  it('takes parameters over, or their defaults', async () => {
    const sandbox = await setUp();
    await update(sandbox, { Days: '30', Name: 'payments' });
    const { stack } = await updateTestStack(sandbox, {
      UsePreviousTemplate: true,
      Parameters: [{ ParameterKey: 'Name', UsePreviousValue: true }],
    });
    expect(stack.Parameters).toEqual(
      expect.arrayContaining([
        { ParameterKey: 'Name', ParameterValue: 'payments' },
        { ParameterKey: 'Days', ParameterValue: '7' },
      ]),
    );
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['nothing new', {}, 'No updates are to be performed.'],
    [
      'another type of a resource',
      {
        UsePreviousTemplate: undefined,
        TemplateBody:
          'Resources: { Logs: { Type: "AWS::VpcLattice::Service" } }',
      },
      'Update of resource type is not permitted. The new template modifies resource type of the following resources: [Logs]',
    ],
    ['an unknown stack', { StackName: 'nope' }, 'Stack [nope] does not exist'],
    [
      'no template',
      { UsePreviousTemplate: false },
      'Either Template URL or Template Body must be specified.',
    ],
    [
      'a parameter the stack does not have',
      { Parameters: [{ ParameterKey: 'X', UsePreviousValue: true }] },
      'Invalid input for parameter key X. Cannot specify usePreviousValue as true for a parameter key not in the previous template',
    ],
    [
      'a role without its capability',
      {
        UsePreviousTemplate: undefined,
        TemplateBody:
          'Resources: { R: { Type: "AWS::IAM::Role", Properties: { RoleName: x, AssumeRolePolicyDocument: {} } } }',
      },
      'Requires capabilities : [CAPABILITY_NAMED_IAM]',
    ],
  ])('refuses %s', async (_, input, message) => {
    const sandbox = await setUp();
    await expect(update(sandbox, {}, input)).rejects.toThrow(message);
  });

  it('refuses an update while one is under way', async () => {
    const sandbox = await setUp();
    const input = {
      StackName: 'shop',
      UsePreviousTemplate: true,
      Parameters: parameters({ Days: '30' }),
      ClientRequestToken: 'once',
    };
    const first = await sandbox.call('UpdateStack', input);
    expect(await sandbox.call('UpdateStack', input)).toEqual(first);
    await expect(
      sandbox.call('UpdateStack', { ...input, ClientRequestToken: 'twice' }),
    ).rejects.toMatchObject({
      code: 'ValidationError',
      message: `Stack:${first.StackId} is in UPDATE_IN_PROGRESS state and can not be updated.`,
    });
    await sandbox.engine.idle();
  });

  it('refuses to replace a resource by one of the same name', async () => {
    const sandbox = await createTestEngine();
    const group = (GroupClass: string) =>
      `Resources: { R: { Type: "AWS::Lambda::Function", Properties: { FunctionName: f, PackageType: ${GroupClass}, Role: "arn:aws:iam::223344556677:role/r", Code: {} } } }`;
    const { services } = sandbox;
    services.lambda = {
      CreateFunction: () => ({ FunctionName: 'f', FunctionArn: 'arn' }),
      DeleteFunction: () => ({}),
    };
    await createTestStack(sandbox, { TemplateBody: group('Zip') });
    const { stack, reasons } = await updateTestStack(sandbox, {
      TemplateBody: group('Image'),
    });
    expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(reasons).toContain(
      'CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename f and update the stack again.',
    );
  });

  it('cancels', async () => {
    const sandbox = await setUp({ slow: 50 });
    const before = contents(sandbox);
    await sandbox.call('UpdateStack', {
      StackName: 'shop',
      UsePreviousTemplate: true,
      Parameters: parameters({ Days: '30', Name: 'payments' }),
    });
    await new Promise(resolve => setTimeout(resolve, 60));
    await sandbox.call('CancelUpdateStack', { StackName: 'shop' });
    const { stack } = await atRest(sandbox, 'shop');
    expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(contents(sandbox)).toEqual(before);
    await expect(
      sandbox.call('CancelUpdateStack', { StackName: 'shop' }),
    ).rejects.toThrow(
      'CancelUpdateStack cannot be called from current stack status',
    );
  });

  it('goes on with a rollback that failed, on demand without the culprit', async () => {
    const sandbox = await setUp();
    const before = contents(sandbox);
    const repairs = [
      failAt(sandbox, 'vpc-lattice', 'UpdateListener'),
      failAt(sandbox, 'logs', 'DeleteRetentionPolicy'),
    ];
    const failed = await update(sandbox, { Code: '500', Days: '30' });
    expect(failed.stack.StackStatus).toBe('UPDATE_ROLLBACK_FAILED');
    await expect(update(sandbox, { Days: '1' })).rejects.toThrow(
      'is in UPDATE_ROLLBACK_FAILED state and can not be updated.',
    );
    await expect(
      sandbox.call('ContinueUpdateRollback', {
        StackName: 'shop',
        ResourcesToSkip: ['Service'],
      }),
    ).rejects.toThrow('[Service]');
    await sandbox.call('ContinueUpdateRollback', {
      StackName: 'shop',
      ResourcesToSkip: ['Listener'],
    });
    const { stack } = await atRest(sandbox, 'shop');
    expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(contents(sandbox)).toEqual(before);
    repairs.forEach(repair => repair());
    const again = await update(sandbox, { Code: '500' });
    expect(again.stack.StackStatus).toBe('UPDATE_COMPLETE');
  });

  it.each([
    ['is tried again', 'UPDATE_COMPLETE', 'payments'],
    ['is rolled back', 'UPDATE_ROLLBACK_COMPLETE', 'orders'],
    ['is deleted', 'DELETE_COMPLETE', undefined],
  ])('leaves a failure as it is, until it %s', async (what, status, name) => {
    const sandbox = await setUp();
    const repair = failAt(sandbox, 'vpc-lattice', 'CreateListener');
    const values = { Name: 'payments', Days: '30' };
    const { stack } = await update(sandbox, values, { DisableRollback: true });
    expect(stack.StackStatus).toBe('UPDATE_FAILED');
    expect(sandbox.estate.services.size).toBe(2);
    repair();
    const StackName = stack.StackId;
    if (what === 'is tried again') {
      await update(sandbox, values);
    } else if (what === 'is rolled back') {
      await sandbox.call('RollbackStack', { StackName });
    } else {
      await sandbox.call('DeleteStack', { StackName });
    }
    const after = await atRest(sandbox, StackName);
    expect(after.stack.StackStatus).toBe(status);
    expect(contents(sandbox).services.map(service => service.name)).toEqual(
      name ? [name] : [],
    );
    expect(sandbox.estate.listeners.size).toBe(name ? 1 : 0);
  });

  it('protects exports in use', async () => {
    const sandbox = await createTestEngine();
    const exporting = (value: string, name = 'used') =>
      `Resources: { A: { Type: "AWS::Logs::LogGroup" } }\nOutputs: { O: { Value: ${value}, Export: { Name: ${name} } } }`;
    await createTestStack(sandbox, { TemplateBody: exporting('one') });
    await createTestStack(sandbox, {
      StackName: 'user',
      TemplateBody:
        'Resources: { A: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: !ImportValue used } } }',
    });
    for (const [body, message] of [
      [
        exporting('two'),
        'Export used cannot be updated as it is in use by user',
      ],
      [
        exporting('one', 'other'),
        'Export used cannot be deleted as it is in use by user',
      ],
    ]) {
      const { stack, reasons } = await updateTestStack(sandbox, {
        TemplateBody: body,
      });
      expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
      expect(reasons).toContain(message);
    }
    await sandbox.call('DeleteStack', { StackName: 'shop' });
    const { stack } = await atRest(sandbox, 'shop');
    expect(stack).toMatchObject({
      StackStatus: 'UPDATE_ROLLBACK_COMPLETE',
      StackStatusReason:
        'Delete canceled. Cannot delete export used as it is in use by user.',
    });
    await sandbox.call('DeleteStack', { StackName: 'user' });
    await sandbox.engine.idle();
    await sandbox.call('DeleteStack', { StackName: 'shop' });
    await sandbox.engine.idle();
    expect(sandbox.estate.logGroups.size).toBe(0);
  });

  it('rolls back what a kill interrupts, wherever that is', async () => {
    const values = { Name: 'payments', Days: '30', Code: '500' };
    const undisturbed = await setUp();
    const before = contents(undisturbed);
    await update(undisturbed, values);
    const outcomes: Record<string, unknown> = {
      UPDATE_ROLLBACK_COMPLETE: before,
      UPDATE_COMPLETE: contents(undisturbed),
    };
    const directory = mkdtempSync(join(tmpdir(), 'update-stack-'));
    const statuses = new Set<string>();
    for (let milliseconds = 0; milliseconds < 160; milliseconds += 10) {
      const file = join(directory, `${milliseconds}.ndjson`);
      const estate = new Estate();
      const journal = Journal.open({ estate, file });
      await setUp({ estate });
      const killed = await createTestEngine({ estate, slow: 20 });
      await killed.call('UpdateStack', {
        StackName: 'shop',
        UsePreviousTemplate: true,
        Parameters: parameters(values),
      });
      await new Promise(resolve => setTimeout(resolve, milliseconds));
      // What a kill at this moment leaves on the disk.
      copyFileSync(file, `${file}.left`);
      await killed.engine.stop();
      journal.close();

      const left = new Estate();
      const reopened = Journal.open({ estate: left, file: `${file}.left` });
      const after = await createTestEngine({ estate: left });
      after.engine.recover();
      const { stack } = await atRest(after, 'shop');
      statuses.add(stack.StackStatus);
      expect(contents(after)).toEqual(outcomes[stack.StackStatus]);
      await after.call('DeleteStack', { StackName: 'shop' });
      await after.engine.idle();
      expect([left.services.size, left.logGroups.size]).toEqual([0, 0]);
      reopened.close();
    }
    rmSync(directory, { recursive: true });
    expect([...statuses].sort()).toEqual(Object.keys(outcomes).sort());
  });
});
