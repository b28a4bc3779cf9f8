import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import latticePlugin from '@lattice-portal/plugin-lattice-backend';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  portalConfig,
  startProvisioningSandbox,
} from '../__testUtils__/startProvisioningSandbox';
import { createAccessRequestAction } from './createAccessRequestAction';

describe('lattice:access:request', () => {
  jest.setTimeout(60_000);
  let portal: Awaited<ReturnType<typeof startProvisioningSandbox>>;
  let baseUrl: string;

  beforeAll(async () => {
    portal = await startProvisioningSandbox();
    const { server } = await startTestBackend({
      features: [
        latticePlugin,
        schedulerServiceFactory,
        mockServices.rootConfig.factory({
          data: {
            ...portalConfig,
            lattice: {
              ...portalConfig.lattice,
              accounts: [
                ...portalConfig.lattice.accounts,
                { accountId: '667788990011', owner: 'group:default/analytics' },
              ],
              schedule: { estate: { frequency: { seconds: 1 } } },
            },
          },
        }),
        mockServices.userInfo.mock({
          getUserInfo: async () => ({
            userEntityRef: 'user:default/mock',
            ownershipEntityRefs: ['group:default/analytics'],
          }),
        }).factory,
      ],
    });
    baseUrl = `http://localhost:${server.port()}/api/lattice`;
    for (let left = 100; ; left -= 1) {
      const response = await fetch(`${baseUrl}/v1/services`, {
        headers: { authorization: mockCredentials.user.header() },
      });
      const { items }: any = await response.json();
      if (items?.length === 4) {
        break;
      }
      if (!left) {
        throw new Error('The estate is not read');
      }
      await sleep(100);
    }
  });
  afterAll(async () => {
    await portal?.stop();
  });

  async function ask(changes: object, overrides: object = {}) {
    const outputs: Record<string, unknown> = {};
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    const { estate } = portal;
    const context: any = {
      ...createMockActionContext(),
      logger: { info: log, warn: log },
      getInitiatorCredentials: async () => mockCredentials.user(),
      output: (name: string, value: unknown) => {
        outputs[name] = value;
      },
      input: {
        callerId: 'arn:aws:iam::667788990011:role/batch-export',
        serviceArn: estate.services.find(({ name }) => name === 'inventory')
          ?.arn,
        methods: ['GET'],
        paths: ['/items/*'],
        reason: 'Nightly export',
        ...changes,
      },
      ...overrides,
    };
    await createAccessRequestAction({
      auth: mockServices.auth({ pluginId: 'scaffolder' }),
      discovery: mockServices.discovery.mock({
        getBaseUrl: async () => baseUrl,
      }),
    }).handler(context);
    return { outputs, log: lines.join('\n') };
  }

  async function requests(): Promise<any[]> {
    const response = await fetch(`${baseUrl}/v1/access-requests`, {
      headers: { authorization: mockCredentials.user.header() },
    });
    return ((await response.json()) as any).items;
  }

  it('shows in a dry run who would decide, and asks nobody', async () => {
    const { outputs, log } = await ask({}, { isDryRun: true });
    expect(outputs).toEqual({ asked: false });
    expect(log).toContain(
      'group:default/commerce decides on the policy of the service inventory',
    );
    expect(await requests()).toEqual([]);
  });

  it('asks once, as the user', async () => {
    const { outputs } = await ask({});
    const [request, ...others] = await requests();
    expect(others).toEqual([]);
    expect(outputs).toEqual({
      asked: true,
      requestId: request.id,
      url: `/lattice/requests/${request.id}`,
    });
    expect(request).toMatchObject({
      status: 'pending',
      requestedBy: 'user:default/mock',
      serviceName: 'inventory',
      methods: ['GET'],
      paths: ['/items/*'],
      reason: 'Nightly export',
    });

    const again = await ask({ reason: 'Again' });
    expect(again.outputs).toEqual(outputs);
    expect(await requests()).toHaveLength(1);
  });

  it('asks nobody where the policies allow it already', async () => {
    const { estate, networkArn } = portal;
    const serviceArn = estate.services.find(
      ({ name }) => name === 'recommendations',
    )?.arn;
    estate.authPolicies.update(networkArn, policy => ({
      ...policy,
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: '*',
            Action: 'vpc-lattice-svcs:Invoke',
            Resource: '*',
          },
        ],
      }),
    }));
    const { outputs } = await ask({ serviceArn, paths: ['/for/*'] });
    expect(outputs).toEqual({ asked: false });
  });

  it('says why access can not be asked for', async () => {
    await expect(
      ask({ callerId: 'arn:aws:iam::223344556677:role/orders' }),
    ).rejects.toThrow(/not one of yours|belongs to/i);
    await expect(ask({ paths: ['items'] })).rejects.toThrow(/paths/);
  });
});
