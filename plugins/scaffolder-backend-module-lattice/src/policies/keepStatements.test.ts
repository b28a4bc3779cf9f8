import {
  GetAuthPolicyCommand,
  VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import {
  DefaultAuthPolicyStore,
  DefaultAwsAccess,
  readLatticeConfig,
} from '@lattice-portal/plugin-lattice-node';
import {
  portalConfig,
  startProvisioningSandbox,
} from '../__testUtils__/startProvisioningSandbox';
import { createProductProvisionAction } from '../actions/createProductProvisionAction';
import { productPolicy } from './productPolicy';

const accountId = '223344556677';
const region = 'us-east-1';
const caller = 'arn:aws:iam::445566778899:role/public-proxy';
const other = 'arn:aws:iam::667788990011:role/batch-export';

type Statement = { Sid?: string } & Record<string, unknown>;

const grant = (sid: string | undefined, role = other): Statement => ({
  ...(sid && { Sid: sid }),
  Effect: 'Allow',
  Principal: { AWS: role },
  Action: 'vpc-lattice-svcs:Invoke',
  Resource: '*',
});

describe('changing a product whose policy others changed', () => {
  jest.setTimeout(120_000);
  const place = createMockDirectory();
  let portal: Awaited<ReturnType<typeof startProvisioningSandbox>>;
  let store: DefaultAuthPolicyStore;
  let runs = 0;

  beforeAll(async () => {
    portal = await startProvisioningSandbox();
    const { lattice } = portalConfig;
    const rootConfig = mockServices.rootConfig({
      data: {
        ...portalConfig,
        lattice: {
          ...lattice,
          roles: { ...lattice.roles, writer: 'lattice-portal-writer' },
        },
      },
    });
    const config = readLatticeConfig(rootConfig);
    // As access requests write.
    store = DefaultAuthPolicyStore.create({
      aws: DefaultAwsAccess.create({ rootConfig, config }),
    });
  });
  afterAll(() => portal?.stop());

  async function provision(
    name: string,
    parameters: object,
    options: {
      isDryRun?: boolean;
      productName?: string;
      account?: string;
      afterCheckpoint?: (key: string) => void | Promise<void>;
      /** A run that goes on after a restart has these from before. */
      task?: { id: string; checkpoints: Map<string, unknown> };
      signal?: AbortSignal;
    } = {},
  ) {
    const lines: string[] = [];
    const outputs: Record<string, any> = {};
    const logger: any = { info: (line: string) => lines.push(line) };
    runs += 1;
    const { task = { id: `task-${runs}`, checkpoints: new Map() } } = options;
    const context: any = {
      ...createMockActionContext({ workspacePath: place.path }),
      logger,
      task: { id: task.id },
      templateInfo: { entityRef: 'template:default/lattice' },
      output: (key: string, value: unknown) => {
        outputs[key] = value;
      },
      checkpoint: async ({ key, fn }: any) => {
        if (!task.checkpoints.has(key)) {
          task.checkpoints.set(key, await fn());
          await options.afterCheckpoint?.(key);
        }
        return task.checkpoints.get(key);
      },
      isDryRun: options.isDryRun,
      signal: options.signal,
      input: {
        accountId: options.account ?? accountId,
        region,
        productName: options.productName ?? 'lattice-lambda-service',
        provisionedProductName: name,
        parameters,
      },
    };
    const action = createProductProvisionAction({
      aws: portal.aws,
      pollIntervalSeconds: 0.05,
      checkMayProvision: () => {},
    });
    await action.handler(context);
    return { lines, outputs };
  }

  const answers = (name: string, changes: object = {}) => ({
    ServiceName: name,
    ServiceNetworkArn: portal.networkArn,
    AllowedCallers: [caller],
    AllowedMethods: ['GET', 'POST'],
    AllowedPath: '/items/*',
    Owner: 'group:default/commerce',
    ...changes,
  });

  async function make(name: string, changes: object = {}) {
    const { outputs } = await provision(name, answers(name, changes));
    return outputs.outputs.ServiceArn as string;
  }

  async function statementsOf(resourceArn: string): Promise<Statement[]> {
    const { document } = await store.get({ resourceArn });
    return JSON.parse(document!).Statement;
  }

  async function write(
    resourceArn: string,
    change: (statements: Statement[]) => Statement[],
  ) {
    const { document } = await store.get({ resourceArn });
    const policy = JSON.parse(document!);
    await store.put({
      resourceArn,
      expected: document,
      document: JSON.stringify({
        ...policy,
        Statement: change(policy.Statement),
      }),
    });
  }
  const add = (resourceArn: string, ...more: Statement[]) =>
    write(resourceArn, statements => [...statements, ...more]);

  it.each([
    ['made of the form', {}],
    [
      'written whole',
      {
        AuthPolicy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [grant('Own', caller)],
        }),
      },
    ],
  ])('knows the policy that was %s', async (_, changes) => {
    const name = Object.keys(changes).length ? 'whole' : 'formed';
    const resourceArn = await make(name, changes);
    const { document } = await store.get({ resourceArn });
    const asked = productPolicy({
      values: {
        AllowedCallers: caller,
        AllowedMethods: 'GET,POST',
        AllowedPath: '/items/*',
        ServiceNetworkArn: portal.networkArn,
        ...changes,
      },
      outputs: { ServiceArn: resourceArn },
    });
    expect(JSON.parse(document!)).toEqual(JSON.parse(asked!.document));
  });

  it('keeps what was granted and what was added by hand', async () => {
    const arn = await make('kept');
    await add(
      arn,
      grant('LatticePortal1a2b'),
      grant('ByHand'),
      grant(undefined),
    );
    const changed = answers('kept', { AllowedMethods: ['GET', 'PUT'] });

    const dry = await provision('kept', changed, { isDryRun: true });
    const said = `The auth policy of ${arn} keeps what was added to it since: LatticePortal1a2b, ByHand, a statement without Sid`;
    expect(dry.lines).toContain(said);
    expect(await statementsOf(arn)).toHaveLength(4);

    const { lines, outputs } = await provision('kept', changed);
    expect(lines).toContain(said);
    expect(outputs.updated).toBe(true);
    const expected = [
      grant('LatticePortal1a2b'),
      grant('ByHand'),
      grant(undefined),
      expect.objectContaining({
        Sid: 'AllowChosenCallers',
        Condition: expect.objectContaining({
          StringEquals: {
            'vpc-lattice-svcs:ServiceNetworkArn': portal.networkArn,
            'vpc-lattice-svcs:RequestMethod': ['GET', 'PUT'],
          },
        }),
      }),
    ];
    expect(await statementsOf(arn)).toEqual(expect.arrayContaining(expected));
    expect(await statementsOf(arn)).toHaveLength(4);

    // The next changes go on from there: what is revoked stays away, what comes stays.
    await write(arn, statements => [
      ...statements.filter(({ Sid: sid }) => sid !== 'LatticePortal1a2b'),
      grant('LatticePortal3c4d'),
    ]);
    await provision('kept', { ...changed, AllowedPath: '/stock/*' });
    expect(
      (await statementsOf(arn)).map(({ Sid: sid }) => sid ?? 'none').sort(),
    ).toEqual(['AllowChosenCallers', 'ByHand', 'LatticePortal3c4d', 'none']);
    const again = await provision('kept', {
      ...changed,
      AllowedPath: '/stock/*',
    });
    expect(again.lines).toContain('kept is so already');
  });

  it('leaves the policy alone where nothing new is asked of it', async () => {
    const arn = await make('alone');
    // Even the product's own statement: it was changed in the portal.
    await write(arn, ([own]) => [
      { ...own, Resource: '*' },
      grant('LatticePortal1a2b'),
    ]);
    const before = (await store.get({ resourceArn: arn })).document;
    const { outputs } = await provision(
      'alone',
      answers('alone', { LogRetentionDays: 7 }),
    );
    expect(outputs.plan.map(({ logicalId }: any) => logicalId)).not.toContain(
      'Policy',
    );
    expect((await store.get({ resourceArn: arn })).document).toBe(before);
  });

  it.each<[string, (own: Statement) => Statement[], RegExp]>([
    [
      'changed',
      own => [{ ...own, Resource: '*' }, grant('ByHand')],
      /Statement AllowChosenCallers was changed by somebody else since, to \{.*take that over into the form/,
    ],
    [
      'removed',
      () => [grant('ByHand')],
      /Statement AllowChosenCallers was removed by somebody else since/,
    ],
    [
      'doubled',
      own => [own, own],
      /Sid AllowChosenCallers stands more than once/,
    ],
  ])('refuses where its own statement was %s', async (what, change, why) => {
    const arn = await make(what);
    await write(arn, ([own]) => change(own));
    const before = (await store.get({ resourceArn: arn })).document;
    await expect(
      provision(
        what,
        answers(what, { AllowedMethods: ['PUT'], LogRetentionDays: 7 }),
      ),
    ).rejects.toThrow(why);
    expect((await store.get({ resourceArn: arn })).document).toBe(before);
    const { lines } = await provision(what, answers(what));
    expect(lines).toContain(`${what} is so already`);
  });

  it('refuses a statement without Sid that would change', async () => {
    const whole = (role: string) =>
      JSON.stringify({ Version: '2012-10-17', Statement: [grant('', role)] });
    const arn = await make('nameless', { AuthPolicy: whole(caller) });
    await expect(
      provision('nameless', answers('nameless', { AuthPolicy: whole(other) })),
    ).rejects.toThrow(/give each statement of the form a Sid of its own/);
    expect(await statementsOf(arn)).toEqual([grant('', caller)]);
  });

  it('has room for all that VPC Lattice takes, and refuses more', async () => {
    const arn = await make('long');
    const long = (sid: string, letters: number) => ({
      ...grant(sid),
      Resource: `*/${'x'.repeat(letters)}`,
    });
    await add(arn, long('LatticePortal1', 4000), long('LatticePortal2', 4000));
    await provision('long', answers('long', { AllowedMethods: ['PUT'] }));
    expect(await statementsOf(arn)).toHaveLength(3);
    expect(await statementsOf(arn)).toContainEqual(
      long('LatticePortal2', 4000),
    );

    const before = (await store.get({ resourceArn: arn })).document;
    const callers = Array.from({ length: 30 }, (_, i) => `${caller}-${i}`);
    await expect(
      provision('long', answers('long', { AllowedCallers: callers })),
    ).rejects.toThrow(
      /would have \d+ characters with what was added to it since, and VPC Lattice takes 10000.*Nothing was changed/,
    );
    expect((await store.get({ resourceArn: arn })).document).toBe(before);
  });

  it('goes back to what stood there when the change is cancelled', async () => {
    const arn = await make('undone');
    await add(arn, grant('LatticePortal1a2b'));
    const before = await statementsOf(arn);
    const abort = new AbortController();
    // Late enough for the policy to be put, early enough for CloudFormation to be stopped.
    portal.setResourceDelay(400);
    const watch = setInterval(async () => {
      const { document } = await store.get({ resourceArn: arn });
      if (document?.includes('PUT')) {
        abort.abort();
      }
    }, 20);
    const cancelled = provision(
      'undone',
      answers('undone', {
        AllowedMethods: ['PUT'],
        LogRetentionDays: 1,
        Dashboard: 'true',
      }),
      { signal: abort.signal },
    );
    const error = await cancelled.catch(({ message }: Error) => message);
    clearInterval(watch);
    portal.setResourceDelay(0);
    expect(error).toMatch(
      /^undone was not changed in account 223344556677\.\s[^]*The run was cancelled/,
    );
    expect(await statementsOf(arn)).toEqual(before);
  });

  it('starts nothing when the policy changes after it was planned', async () => {
    const arn = await make('late');
    await expect(
      provision('late', answers('late', { AllowedMethods: ['PUT'] }), {
        afterCheckpoint: async key => {
          if (key.startsWith('plan.')) {
            await add(arn, grant('LatticePortal1a2b'));
          }
        },
      }),
    ).rejects.toThrow(/was changed while the change was planned/);
    expect(await statementsOf(arn)).toHaveLength(2);
    // No plan is left in the way.
    await provision('late', answers('late', { AllowedMethods: ['PUT'] }));
    expect(await statementsOf(arn)).toHaveLength(2);
  });

  it.each(['plan.', 'standing.', 'replan.', 'launch.'])(
    'goes on after a restart behind %s',
    async step => {
      const name = `restarted-${step.slice(0, -1)}`;
      const arn = await make(name);
      await add(arn, grant('LatticePortal1a2b'));
      const task = { id: name, checkpoints: new Map() };
      const changed = answers(name, { AllowedMethods: ['PUT'] });
      await expect(
        provision(name, changed, {
          task,
          afterCheckpoint: key => {
            if (key.startsWith(step)) {
              throw new Error('The process ended');
            }
          },
        }),
      ).rejects.toThrow('The process ended');
      expect((await statementsOf(arn)).map(({ Sid: sid }) => sid)).toContain(
        'LatticePortal1a2b',
      );
      await provision(name, changed, { task });
      expect(await statementsOf(arn)).toHaveLength(2);
      expect(JSON.stringify(await statementsOf(arn))).toContain('PUT');
    },
  );

  it('makes no new service in place of one whose policy others changed', async () => {
    const arn = await make('fixed');
    await add(arn, grant('LatticePortal1a2b'));
    await expect(
      provision('fixed', answers('fixed', { ServiceName: 'moved' })),
    ).rejects.toThrow(
      /would make a new one in place of .* would be lost: LatticePortal1a2b\. Nothing was changed/,
    );
    expect(await statementsOf(arn)).toHaveLength(2);
  });

  it('keeps statements of a service network, too', async () => {
    const options = {
      productName: 'lattice-service-network',
      account: '001122334455',
    };
    const network = (changes: object = {}) => ({
      NetworkName: 'second',
      Owner: 'group:default/platform',
      OrganizationId: 'o-lattice01',
      ...changes,
    });
    const { outputs } = await provision('network-second', network(), options);
    const arn = outputs.outputs.ServiceNetworkArn;
    await add(arn, grant('LatticePortal1a2b'));
    const vpcs = ['vpc-0123456789abcdef0', 'vpc-0123456789abcdef1'];
    for (const changes of [
      { AllowedVpcs: vpcs, AnonymousCallers: 'tls' },
      { AllowedVpcs: vpcs, AnonymousCallers: 'requests' },
    ]) {
      await provision('network-second', network(changes), options);
      const made = JSON.parse(
        productPolicy({
          values: {
            ...network(),
            ...changes,
            AllowedVpcs: vpcs.join(),
          },
          outputs: { ServiceNetworkArn: arn },
        })!.document,
      ).Statement;
      const now = await statementsOf(arn);
      expect(now).toHaveLength(made.length + 1);
      expect(now).toEqual(
        expect.arrayContaining([...made, grant('LatticePortal1a2b')]),
      );
    }
    const client = portal.aws.client({
      type: VPCLatticeClient,
      accountId: '001122334455',
      region,
      role: 'reader',
    });
    const { state } = await client.send(
      new GetAuthPolicyCommand({ resourceIdentifier: arn }),
    );
    expect(state).toBe('Active');
  });
});
