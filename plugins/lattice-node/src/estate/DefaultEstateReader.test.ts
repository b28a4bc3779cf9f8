import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CreateAccessLogSubscriptionCommand,
  CreateResourceConfigurationCommand,
  VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import { DefaultAwsAccess } from '../aws/DefaultAwsAccess';
import { accounts, region, startEstate } from '../__testUtils__/startEstate';
import { DefaultEstateReader } from './DefaultEstateReader';

jest.setTimeout(60_000);

describe('DefaultEstateReader', () => {
  let estate: Awaited<ReturnType<typeof startEstate>>;
  beforeAll(async () => {
    estate = await startEstate({});
  });
  afterAll(() => estate.stop());

  function read(accountId: string, configured = Object.values(accounts)) {
    const { aws, config } = estate;
    return DefaultEstateReader.create({
      aws,
      config: {
        ...config,
        accounts: config.accounts.filter(account =>
          configured.includes(account.accountId),
        ),
      },
    }).read({ accountId, region });
  }

  /** Lets the reader role of an account do nothing but these. */
  async function restrict(accountId: string, actions: string[]) {
    await new IAMClient(estate.sandbox.clientConfig({ accountId })).send(
      new PutRolePolicyCommand({
        RoleName: 'lattice-portal-reader',
        PolicyName: 'read',
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
        }),
      }),
    );
  }

  it('reads the account of the network', async () => {
    const shared = await read(accounts.shared);
    expect(shared.gaps).toEqual([]);
    const [network] = shared.serviceNetworks;
    expect(network).toMatchObject({
      arn: expect.stringMatching(/:servicenetwork\/sn-[0-9a-f]{17}$/),
      name: 'company',
      accountId: accounts.shared,
      authType: 'AWS_IAM',
      authPolicy: {
        status: 'read',
        document: expect.stringContaining('vpc-lattice-svcs:SourceVpc'),
      },
      tags: { owner: 'group:platform' },
    });
    // Associations are the whole network's, with the accounts that made them.
    expect(
      shared.vpcAssociations.map(({ accountId }) => accountId).sort(),
    ).toEqual([
      accounts.commerce,
      accounts.edge,
      accounts.payments,
      accounts.analytics,
      accounts.analytics,
    ]);
    expect(shared.vpcAssociations[0]).toMatchObject({
      vpcId: expect.stringMatching(/^vpc-/),
      serviceNetworkArn: network.arn,
      status: 'ACTIVE',
      securityGroupIds: [expect.stringMatching(/^sg-/)],
    });
    expect(shared.serviceAssociations).toHaveLength(5);
    expect(shared.services).toMatchObject([
      { name: 'status', authType: 'NONE', authPolicy: { status: 'read' } },
    ]);
    expect(
      shared.accessLogSubscriptions
        .filter(({ resourceArn }) => resourceArn === network.arn)
        .map(({ destinationArn }) => destinationArn)
        .sort(),
    ).toEqual([
      'arn:aws:logs:us-east-1:001122334455:log-group:/aws/lattice/network-company:*',
      'arn:aws:s3:::lattice-access-logs-001122334455',
    ]);
    expect(shared.resourceShares).toMatchObject([
      {
        resourceArns: [network.arn],
        principals: expect.arrayContaining([accounts.legacy]),
      },
    ]);
  });

  it('reads the access logs of resource configurations', async () => {
    const lattice = new VPCLatticeClient(
      estate.sandbox.clientConfig({ accountId: accounts.shared }),
    );
    const { arn } = await lattice.send(
      new CreateResourceConfigurationCommand({
        name: 'database',
        type: 'ARN',
        resourceConfigurationDefinition: {
          arnResource: { arn: 'arn:aws:rds:us-east-1:001122334455:db:x' },
        },
      }),
    );
    const destinationArn = 'arn:aws:s3:::lattice-access-logs-001122334455';
    await lattice.send(
      new CreateAccessLogSubscriptionCommand({
        resourceIdentifier: arn,
        destinationArn,
      }),
    );
    const { accessLogSubscriptions } = await read(accounts.shared);
    expect(accessLogSubscriptions).toContainEqual(
      expect.objectContaining({
        resourceArn: arn,
        destinationArn,
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      }),
    );
  });

  it('reads the account of the services', async () => {
    const commerce = await read(accounts.commerce);
    expect(commerce.gaps).toEqual([]);
    // The network is shared with it; its owner tells of it.
    expect(commerce.serviceNetworks).toEqual([]);
    expect(commerce.services.map(({ name }) => name).sort()).toEqual([
      'inventory',
      'orders',
      'recommendations',
    ]);
    const inventory = commerce.services.find(
      ({ name }) => name === 'inventory',
    );
    const targets = commerce.targetGroups.find(
      ({ name }) => name === 'inventory',
    );
    expect(inventory).toMatchObject({
      authType: 'AWS_IAM',
      status: 'ACTIVE',
      domainName: expect.stringMatching(/\.vpc-lattice-svcs\..*\.on\.aws$/),
      listeners: [
        {
          protocol: 'HTTPS',
          port: 443,
          rules: [
            {
              name: 'items',
              match: 'any method /items*',
              targetGroups: [{ targetGroupArn: targets?.arn, weight: 100 }],
            },
            { match: 'default', targetGroups: [], fixedResponseStatus: 404 },
          ],
        },
      ],
    });
    expect(targets).toMatchObject({ type: 'ALB', vpcId: commerce.vpcs[0].id });
    expect(commerce.targetGroups.map(({ type }) => type).sort()).toEqual([
      'ALB',
      'IP',
      'LAMBDA',
    ]);
    expect(commerce.serviceAssociations).toHaveLength(3);
    expect(commerce.vpcs).toMatchObject([{ name: 'commerce' }]);
    expect(commerce.roles).toContainEqual({
      arn: 'arn:aws:iam::223344556677:role/orders',
      name: 'orders',
      accountId: accounts.commerce,
    });
  });

  it('tells of a network whose owner is not configured as far as it can', async () => {
    const edge = await read(accounts.edge, [accounts.edge]);
    expect(edge.gaps).toEqual([]);
    expect(edge.serviceNetworks).toEqual([
      expect.objectContaining({
        name: 'company',
        accountId: accounts.shared,
        authPolicy: {
          status: 'unreadable',
          reason:
            'Account 001122334455, which owns it, is not among the accounts the portal reads',
        },
      }),
    ]);
    expect(edge.vpcAssociations).toHaveLength(5);
    expect(edge.accessLogSubscriptions).toEqual([]);
  });

  it('says of every refused part that it is not known', async () => {
    await restrict(accounts.payments, [
      'vpc-lattice:ListServices',
      'vpc-lattice:GetService',
      'vpc-lattice:ListListeners',
      'vpc-lattice:ListServiceNetworks',
    ]);
    const payments = await read(accounts.payments);
    expect(payments.services).toMatchObject([
      {
        name: 'payments',
        authPolicy: {
          status: 'unreadable',
          reason: expect.stringContaining('AccessDenied'),
        },
      },
    ]);
    const [{ arn, tags, listeners }] = payments.services;
    expect(tags).toBeUndefined();
    expect(payments.gaps.map(({ part }) => part).sort()).toEqual(
      [
        'resourceConfigurations',
        'resourceShares',
        'roles',
        'targetGroups',
        'vpcs',
        `accessLogSubscriptions of ${arn}`,
        `auth policy of ${arn}`,
        `serviceAssociations of ${arn}`,
        `tags of ${arn}`,
        `rules of ${listeners[0].arn}`,
        listeners[0].arn,
      ].sort(),
    );
  });

  it('names what follows from a list that was refused', async () => {
    await restrict(accounts.analytics, ['ec2:DescribeVpcs']);
    const analytics = await read(accounts.analytics);
    expect(analytics.vpcs).toHaveLength(2);
    expect(analytics.gaps.map(({ part }) => part).sort()).toEqual([
      'accessLogSubscriptions',
      'resourceConfigurations',
      'resourceShares',
      'roles',
      'serviceAssociations',
      'serviceNetworks',
      'services',
      'targetGroups',
      'vpcAssociations',
    ]);
  });

  it('throws when nothing can be read', async () => {
    await restrict(accounts.legacy, ['s3:ListBucket']);
    await expect(read(accounts.legacy)).rejects.toThrow(
      'Nothing of account 778899001122 in us-east-1 could be read: AccessDenied',
    );
    const config = {
      ...estate.config,
      roles: { reader: 'no-such-role' },
    };
    const aws = DefaultAwsAccess.create({ ...estate, config });
    await expect(
      DefaultEstateReader.create({ aws, config }).read({
        accountId: accounts.edge,
        region,
      }),
    ).rejects.toThrow(/sts:AssumeRole/);
  });

  it('stops when it is told to', async () => {
    await expect(
      DefaultEstateReader.create(estate).read({
        accountId: accounts.commerce,
        region,
        signal: AbortSignal.abort(new Error('enough')),
      }),
    ).rejects.toThrow('enough');
  });
});
