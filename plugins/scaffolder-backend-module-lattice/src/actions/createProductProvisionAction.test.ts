import {
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { createMockDirectory } from '@backstage/backend-test-utils';
import type { ActionContext } from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { LocalGitRepositories } from '../git/LocalGitRepositories';
import { checkMayProvision } from '../serviceCatalog/checkMayProvision';
import { startProvisioningSandbox } from '../__testUtils__/startProvisioningSandbox';
import { createProductProvisionAction } from './createProductProvisionAction';
import { createProductTerminateAction } from './createProductTerminateAction';

const caller = 'arn:aws:iam::445566778899:role/public-proxy';
const logGroupName = '/aws/vendedlogs/lattice/service-stock';
const commerce = {
  ref: 'user:default/ada',
  entity: {
    relations: [{ type: 'memberOf', targetRef: 'group:default/commerce' }],
  },
};

describe('provisioning a Service Catalog product', () => {
  jest.setTimeout(60_000);
  const place = createMockDirectory();
  let portal: Awaited<ReturnType<typeof startProvisioningSandbox>>;

  beforeAll(async () => {
    portal = await startProvisioningSandbox();
  });
  afterAll(async () => {
    await portal?.stop();
  });

  function setUp(overrides: Partial<ActionContext<any>> = {}) {
    const lines: string[] = [];
    const outputs: Record<string, any> = {};
    const { input, ...rest } = overrides;
    const logger: any = { child: () => logger };
    for (const level of ['info', 'warn', 'error', 'debug']) {
      logger[level] = (line: string) => lines.push(line);
    }
    const { parameters, ...otherInput } = (input ?? {}) as any;
    const context: any = {
      ...createMockActionContext({ workspacePath: place.path }),
      logger,
      user: commerce,
      task: { id: 'task-1' },
      templateInfo: { entityRef: 'template:default/lattice-lambda-service' },
      output: (name: string, value: unknown) => {
        outputs[name] = value;
      },
      ...rest,
      input: {
        accountId: '223344556677',
        region: 'us-east-1',
        productName: 'lattice-lambda-service',
        provisionedProductName: 'stock',
        parameters: {
          ServiceName: 'stock',
          ServiceNetworkArn: portal.networkArn,
          AllowedCallers: [caller],
          AllowedMethods: ['GET', 'POST'],
          Owner: 'group:default/commerce',
          ...parameters,
        },
        ...otherInput,
      },
    };
    const repositories = LocalGitRepositories.create({
      directory: place.resolve('repositories'),
      baseUrl: 'http://localhost:45702/api/lattice-git',
    });
    const options = {
      aws: portal.aws,
      repositories,
      pollIntervalSeconds: 0.05,
      checkMayProvision: (request: any) =>
        checkMayProvision({
          ...request,
          accounts: portal.config.accounts,
          platformGroups: ['group:default/platform'],
        }),
    };
    return {
      lines,
      outputs,
      repositories,
      provision: () => createProductProvisionAction(options).handler(context),
      terminate: (what: object) =>
        createProductTerminateAction(options).handler({
          ...context,
          input: { accountId: '223344556677', region: 'us-east-1', ...what },
        }),
    };
  }

  async function publish(repositories: LocalGitRepositories, taskId: string) {
    place.addContent({ workspace: { 'README.md': 'Stock' } });
    await repositories.publish({
      name: 'stock',
      directory: place.resolve('workspace'),
      message: 'First version',
      author: { name: 'Ada', email: 'ada@example.com' },
      publishedBy: taskId,
      mayUpdate: false,
    });
  }

  it('makes the service, telling every event, and takes it back', async () => {
    const before = portal.serviceNames();
    const { provision, terminate, outputs, lines } = setUp();
    await provision();
    expect(portal.serviceNames()).toContain('stock');
    expect(outputs.outputs).toMatchObject({
      ServiceArn: expect.stringMatching(
        /^arn:aws:vpc-lattice:.*:service\/svc-/,
      ),
      ServiceDomainName: expect.stringMatching(/^stock-.*\.on\.aws$/),
    });
    expect(outputs.stackArn).toMatch(/^arn:aws:cloudformation:/);
    expect(outputs).toMatchObject({ planStatus: 'planned', updated: false });
    expect(outputs.plan).toContainEqual({
      action: 'ADD',
      logicalId: 'Service',
      resourceType: 'AWS::VpcLattice::Service',
      properties: [],
    });
    expect(lines).toContain('  add Service (AWS::VpcLattice::Service)');
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^Service \(AWS::VpcLattice::Service\) CREATE_COMPLETE/,
      ),
    );
    expect(lines.filter(line => / CREATE_COMPLETE/.test(line))).toEqual([
      ...new Set(lines.filter(line => / CREATE_COMPLETE/.test(line))),
    ]);

    const by = (changes: object) =>
      setUp({ task: { id: 'task-2' }, ...changes }).provision();
    const there =
      "Account 223344556677 has a provisioned product 'stock' already";
    await expect(
      by({ templateInfo: { entityRef: 'template:default/other' } }),
    ).rejects.toThrow(
      `${there}, made by template:default/lattice-lambda-service. Choose another name.`,
    );
    await expect(
      by({ input: { parameters: { Owner: 'group:default/checkout' } } }),
    ).rejects.toThrow(
      `${there}, and it belongs to group:default/commerce. Choose another name, or run the template with that owner.`,
    );
    await expect(
      by({ input: { provisionedProductName: 'stock-two' } }),
    ).rejects.toThrow(
      /^stock-two can't be made so in account 223344556677\.\n\n- Account 223344556677 has a service 'stock' in us-east-1 already/,
    );

    await terminate({ provisionedProductId: outputs.provisionedProductId });
    expect(outputs.terminated).toBe(true);
    expect(portal.serviceNames()).toEqual(before);
    await terminate({ provisionedProductName: 'stock' });
    expect(outputs.terminated).toBe(false);
  });

  it('says which resource failed, and leaves nothing', async () => {
    const before = portal.serviceNames();
    const { provision, repositories, lines } = setUp({
      task: { id: 'failing' },
      input: { repository: 'stock' },
    });
    await publish(repositories, 'failing');
    await portal.logs.send(new CreateLogGroupCommand({ logGroupName }));
    const error: Error = await provision().then(
      () => {
        throw new Error('provisioned');
      },
      (caught: Error) => caught,
    );
    expect(error.message).toMatch(
      /^stock was not made in account 223344556677\.\n\n- AccessLogGroup \(AWS::Logs::LogGroup\): .* \(AlreadyExists\)\.\n- Something of that name is there already: .*, then start over\.\n- Rolled back: .*Service.*\. Nothing of it is left in account 223344556677\.\n- \[All events of the stack\]\(https:\/\/us-east-1\.console\.aws\.amazon\.com\/cloudformation\/home\?region=us-east-1#\/stacks\/events\?stackId=arn%3Aaws%3Acloudformation%3A\S+\)\n- Repository stock was removed again\.$/,
    );
    expect(lines).toContainEqual(
      expect.stringMatching(/^AccessLogGroup .* CREATE_FAILED: /),
    );
    await portal.logs.send(new DeleteLogGroupCommand({ logGroupName }));
    expect(portal.serviceNames()).toEqual(before);
    await expect(repositories.list()).resolves.toEqual([]);
  });

  it('takes everything back when the run is cancelled', async () => {
    const before = portal.serviceNames();
    const abort = new AbortController();
    const { provision, repositories } = setUp({
      signal: abort.signal,
      task: { id: 'cancelled' },
      input: { provisionedProductName: 'cancelled', repository: 'stock' },
      checkpoint: async ({ key, fn }: any) => {
        const value = await fn();
        if (key.startsWith('launch.')) {
          abort.abort();
        }
        return value;
      },
    });
    await publish(repositories, 'cancelled');
    await expect(provision()).rejects.toThrow(
      /^cancelled was not made .*\n\n- The run was cancelled\.\n- .*Nothing of it is left/,
    );
    expect(portal.serviceNames()).toEqual(before);
    await expect(repositories.list()).resolves.toEqual([]);
  });

  it('goes on with the same record after a restart', async () => {
    const kept = new Map<string, any>();
    const checkpoint = async ({ key, fn }: any) => {
      if (!kept.has(key)) {
        kept.set(key, await fn());
      }
      return kept.get(key);
    };
    const first = setUp({ checkpoint, task: { id: 'restarted' } });
    await first.provision();
    const second = setUp({ checkpoint, task: { id: 'restarted' } });
    await second.provision();
    expect(second.outputs).toEqual(first.outputs);

    // Even with the checkpoint lost, the token leads to the same record.
    const third = setUp({ task: { id: 'restarted' } });
    await third.provision();
    expect(third.outputs).toEqual({
      ...first.outputs,
      plan: [],
      planStatus: 'unknown',
    });
    await third.terminate({ provisionedProductName: 'stock' });
  });

  describe('run again by the same template', () => {
    const retentionOf = async (name: string) => {
      const { logGroups = [] } = await portal.logs.send(
        new DescribeLogGroupsCommand({ logGroupNamePrefix: name }),
      );
      return logGroups[0]?.retentionInDays;
    };
    const change = (
      parameters: object,
      changes: Partial<ActionContext<any>> = {},
    ) => setUp({ task: { id: 'changing' }, input: { parameters }, ...changes });

    beforeAll(async () => {
      await setUp({ task: { id: 'first' } }).provision();
    });
    afterAll(async () => {
      const { terminate } = setUp({ task: { id: 'last' } });
      await terminate({ provisionedProductName: 'stock' });
    });

    it('changes the product', async () => {
      const { provision, outputs, lines } = change({ LogRetentionDays: 7 });
      await provision();
      expect(await retentionOf(logGroupName)).toBe(7);
      expect(outputs).toMatchObject({
        updated: true,
        planStatus: 'planned',
        outputs: { ServiceArn: expect.stringMatching(/^arn:aws:vpc-lattice:/) },
        stackArn: expect.stringMatching(/^arn:aws:cloudformation:/),
      });
      expect(outputs.plan).toContainEqual({
        action: 'MODIFY',
        logicalId: 'AccessLogGroup',
        resourceType: 'AWS::Logs::LogGroup',
        replacement: 'FALSE',
        properties: ['RetentionInDays'],
      });
      // Clean-up steps would remove what was there before.
      expect(outputs).not.toHaveProperty('provisionedProductId');
      expect(lines).toContainEqual(
        expect.stringMatching(/^AccessLogGroup .* UPDATE_COMPLETE$/),
      );
      expect(lines.join('\n')).not.toContain('CREATE_COMPLETE');
      expect(lines).toContain('stock is updated');
    });

    it('changes nothing where nothing is new', async () => {
      const { provision, outputs, lines } = change(
        { LogRetentionDays: 7 },
        { task: { id: 'same again' } },
      );
      await provision();
      expect(lines).toContain('stock is so already');
      expect(outputs).toMatchObject({
        updated: false,
        planStatus: 'unchanged',
        plan: [],
        outputs: { ServiceArn: expect.stringMatching(/^arn:aws:vpc-lattice:/) },
      });
      expect(outputs).not.toHaveProperty('provisionedProductId');
    });

    it('only shows the change in a dry run', async () => {
      const { provision, outputs, lines } = change(
        { ServiceName: 'other' },
        { isDryRun: true, task: { id: 'dry' } },
      );
      await provision();
      expect(lines).toContainEqual(
        expect.stringMatching(
          /^ {2}change Service \(AWS::VpcLattice::Service\): .*Name.*, replaces it$/,
        ),
      );
      expect(outputs.planStatus).toBe('planned');
      expect(portal.serviceNames()).not.toContain('other');
      // No plan is left that would be in the way of the next run.
      await change(
        { LogRetentionDays: 7 },
        { task: { id: 'after dry' } },
      ).provision();
    });

    it('stops a change that is cancelled', async () => {
      const abort = new AbortController();
      const cancelled = change(
        { LogRetentionDays: 1, AllowedMethods: ['PUT'] },
        {
          task: { id: 'cancelled change' },
          signal: abort.signal,
          checkpoint: async ({ key, fn }: any) => {
            const value = await fn();
            if (key.startsWith('launch.')) {
              abort.abort();
            }
            return value;
          },
        },
      );
      portal.setResourceDelay(300);
      await expect(cancelled.provision()).rejects.toThrow(
        /^stock was not changed in account 223344556677\.\n\n- The run was cancelled\.\n- /,
      );
      expect(cancelled.lines).toContainEqual(
        'Cancelled. AWS was asked to stop and to roll back',
      );
      expect(await retentionOf(logGroupName)).toBe(7);
      portal.setResourceDelay(0);
    });
  });

  it.each([
    [
      'a service network that is not shared',
      {
        parameters: {
          ServiceNetworkArn:
            'arn:aws:vpc-lattice:us-east-1:001122334455:servicenetwork/sn-0aaaaaaaaaaaaaaaa',
        },
      },
      /^stock can't be made so in account 223344556677\.\n\n- Service network .* is not shared with account 223344556677/,
    ],
    [
      'an unknown product',
      { productName: 'no-such' },
      /No Service Catalog product 'no-such' is offered/,
    ],
    [
      'an unknown parameter',
      { parameters: { Colour: 'red' } },
      /Colour: the product has no such parameter; it has ServiceName, /,
    ],
    [
      'a missing parameter',
      { parameters: { Owner: undefined } },
      /Owner: a value is missing, and the product has no default/,
    ],
    [
      'a value that is not allowed',
      { parameters: { LogRetentionDays: 2 } },
      /LogRetentionDays: '2' is not allowed; allowed are 1, 3, 5/,
    ],
    [
      'a list with a wrong element',
      { parameters: { AllowedCallers: [caller, 'everyone'] } },
      /AllowedCallers: one or more ARNs of IAM roles/,
    ],
    [
      "another group's account",
      { accountId: '001122334455' },
      /Only members of group:default\/platform can create something in account 001122334455/,
    ],
    [
      'an account that is not the portal’s',
      { accountId: '999999999999' },
      /Account 999999999999 is not one of the portal's/,
    ],
  ])('refuses %s before anything is made', async (_, input, message) => {
    const before = portal.serviceNames();
    await expect(setUp({ input }).provision()).rejects.toThrow(message);
    expect(portal.serviceNames()).toEqual(before);
  });

  it('checks without making anything in a dry run', async () => {
    const before = portal.serviceNames();
    const { provision, outputs, lines } = setUp({ isDryRun: true });
    await provision();
    expect(outputs.outputs).toEqual({});
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^Would launch lattice-lambda-service \(\d+\.\d+\.\d+\)$/,
      ),
    );
    expect(portal.serviceNames()).toEqual(before);
    const wrong = { isDryRun: true, input: { parameters: { Colour: 'red' } } };
    await expect(setUp(wrong).provision()).rejects.toThrow(/Colour/);
  });
});
