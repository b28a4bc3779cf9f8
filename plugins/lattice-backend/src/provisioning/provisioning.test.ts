import {
  TagResourceCommand,
  VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import {
  PRODUCT_OWNER_TAG,
  PRODUCT_TEMPLATE_TAG,
  type ProvisioningAccount,
  type ProvisioningCheck,
  type ProvisioningPlan,
  type ProvisioningVpc,
} from '@lattice-portal/plugin-lattice-common';
import { startTestSandbox, type TestSandbox } from '@lattice-portal/sandbox';
import { eventually, startPortal } from '../__testUtils__/startPortal';

jest.setTimeout(120_000);

const commerce = '223344556677';
const legacy = '778899001122';

describe('/provisioning', () => {
  let sandbox: TestSandbox;
  let portal: Awaited<ReturnType<typeof startPortal>>;
  let networkArn: string;

  beforeAll(async () => {
    sandbox = await startTestSandbox();
    portal = await startPortal({ sandbox });
    networkArn = await eventually(async () => {
      const { body } = await portal
        .as('commerce-owner')
        .get('/provisioning/networks', { accountId: commerce });
      // Names in use are known once the accounts were read.
      const { body: services } = await portal
        .as('platform-engineer')
        .get('/services');
      if (body.items?.length !== 1 || services.items.length < 5) {
        throw new Error(JSON.stringify(body));
      }
      return body.items[0].arn;
    }, 60);
  });
  afterAll(() => sandbox?.stop());

  const review = async (
    plan: Partial<ProvisioningPlan>,
    user = 'commerce-owner',
  ) => {
    const { body } = await portal
      .as(user)
      .post('/provisioning/review', { accountId: commerce, ...plan });
    return body.checks as ProvisioningCheck[];
  };

  it('offers the network that is shared with the account', async () => {
    const { body } = await portal
      .as('commerce-owner')
      .get('/provisioning/networks', { accountId: commerce });
    expect(body.items).toMatchObject([
      { name: 'company', accountId: '001122334455' },
    ]);
  });

  it('offers all accounts, saying where the user may not build', async () => {
    const { body } = await portal
      .as('commerce-owner')
      .get('/provisioning/accounts');
    const accounts: ProvisioningAccount[] = body.items;
    expect(accounts.filter(({ refusal }) => !refusal)).toMatchObject([
      { accountId: commerce, name: 'commerce' },
    ]);
    expect(accounts.find(({ name }) => name === 'payments')?.refusal).toBe(
      'Only members of group:default/payments can create something in account payments (556677889900)',
    );
    const { body: all } = await portal
      .as('platform-engineer')
      .get('/provisioning/accounts');
    expect(all.items).toHaveLength(6);
    expect(JSON.stringify(all)).not.toContain('refusal');
  });

  it.each([
    ['networks', {}],
    ['vpcs', {}],
    ['subnets', { vpcId: 'vpc-0123456789abcdef0' }],
    ['prefix-lists', {}],
    ['certificates', {}],
    ['hosted-zones', {}],
    ['log-destinations', {}],
  ])(
    'keeps %s of an account to those who may build there',
    async (path, query) => {
      const ask = (user: string) =>
        portal
          .as(user)
          .get(`/provisioning/${path}`, { accountId: commerce, ...query });
      expect((await ask('nobody')).status).toBe(401);
      // Without a person there are no groups to go by.
      expect((await ask('service')).status).toBe(403);
      const { status, body } = await ask('analytics-developer');
      expect(status).toBe(403);
      expect(body.error.message).toMatch(
        /^Only members of group:default\/comm/,
      );
      expect((await ask('commerce-owner')).status).toBe(200);
    },
  );

  it('refuses what is no account or Region', async () => {
    const { status, body } = await portal
      .as('commerce-owner')
      .get('/provisioning/vpcs', { accountId: '1', region: 'x' });
    expect(status).toBe(400);
    expect(body.error.message).toMatch(/12 digits[^]*Region such as/);
  });

  it('reads VPCs with their association, and the prefix lists of VPC Lattice', async () => {
    const user = portal.as('commerce-owner');
    const { body: vpcs } = await user.get('/provisioning/vpcs', {
      accountId: commerce,
    });
    expect(vpcs).toMatchObject({
      status: 'read',
      items: [
        {
          name: 'commerce',
          ownerAccountId: commerce,
          association: {
            status: 'associated',
            serviceNetworkArn: networkArn,
            associationStatus: 'ACTIVE',
          },
        },
      ],
    });
    const { body: lists } = await user.get('/provisioning/prefix-lists', {
      accountId: commerce,
      region: 'us-east-1',
    });
    expect(lists.status).toBe('read');
    expect(lists.items.map(({ name }: { name: string }) => name)).toContain(
      'com.amazonaws.us-east-1.vpc-lattice',
    );
  });

  it('lets a template change the association it made, and no other', async () => {
    const user = portal.as('commerce-owner');
    const { body: vpcs } = await user.get('/provisioning/vpcs', {
      accountId: commerce,
    });
    const [{ id: vpcId, association }] = vpcs.items;
    const madeBy = {
      template: 'template:default/lattice-join-vpc',
      owner: 'group:default/commerce',
    };
    const join = async (changes: Partial<ProvisioningPlan> = {}) => {
      const checks = await review({
        networkArn,
        vpcId,
        vpcAssociation: 'absent',
        madeBy,
        ...changes,
      });
      return checks.find(({ id }) => id === 'vpc')?.result;
    };
    expect(await join()).toBe('refused');
    const client = new VPCLatticeClient(
      sandbox.clientConfig({ accountId: commerce }),
    );
    await client.send(
      new TagResourceCommand({
        resourceArn: association.associationArn,
        tags: {
          [PRODUCT_TEMPLATE_TAG]: madeBy.template,
          [PRODUCT_OWNER_TAG]: madeBy.owner,
        },
      }),
    );
    expect(await join()).toBe('passes');
    expect(await join({ madeBy: undefined })).toBe('refused');
    const others = { ...madeBy, owner: 'group:default/platform' };
    expect(await join({ madeBy: others })).toBe('refused');
  });

  it('says unknown, and why, of an account that can not be read', async () => {
    const user = portal.as('platform-engineer');
    const { status, body } = await user.get('/provisioning/vpcs', {
      accountId: legacy,
      region: 'us-west-2',
    });
    expect([status, body.status]).toEqual([200, 'read']);
    const stopped = await startPortal({ sandbox, accountIds: [legacy] });
    process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:9';
    const { body: away } = await stopped
      .as('platform-engineer')
      .get('/provisioning/vpcs', { accountId: legacy });
    process.env.AWS_ENDPOINT_URL = sandbox.url;
    expect(away).toEqual({
      status: 'unknown',
      reason: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('passes what would work', async () => {
    const { body } = await portal
      .as('commerce-owner')
      .get('/provisioning/vpcs', { accountId: commerce });
    const [vpc]: ProvisioningVpc[] = body.items;
    const checks = await review({
      networkArn,
      serviceName: 'gift-cards',
      domainName: 'gift-cards.example.com',
      vpcId: vpc.id,
      vpcAssociation: 'needed',
    });
    expect(
      checks
        .filter(({ id }) => !id.endsWith('-quota'))
        .map(({ id, result }) => `${id} ${result}`),
    ).toEqual([
      'account passes',
      'network passes',
      'service-name passes',
      'domain-name passes',
      'vpc passes',
    ]);
  });

  it.each<[string, Partial<ProvisioningPlan>, RegExp]>([
    [
      'a name in use',
      { serviceName: 'orders' },
      /has a service orders already/,
    ],
    [
      'a network of others',
      {
        networkArn:
          'arn:aws:vpc-lattice:us-east-1:001122334455:servicenetwork/sn-0123456789abcdef0',
      },
      /is not shared with account 223344556677/,
    ],
    [
      'a VPC of others',
      { vpcId: 'vpc-0123456789abcdef0' },
      /is no VPC of this account/,
    ],
  ])('refuses %s', async (_, plan, message) => {
    const refused = (await review(plan)).filter(
      ({ result }) => result === 'refused',
    );
    expect(refused).toHaveLength(1);
    expect(refused[0].message).toMatch(message);
  });

  it('tells nothing of an account to those who may not build there', async () => {
    expect(
      await review({ serviceName: 'orders', networkArn }, 'edge-developer'),
    ).toMatchObject([{ id: 'account', result: 'refused' }]);
  });
});
