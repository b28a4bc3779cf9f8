import * as lattice from '@aws-sdk/client-vpc-lattice';
import {
  CreateResourceShareCommand,
  DeleteResourceShareCommand,
  RAMClient,
} from '@aws-sdk/client-ram';
import { startTestSandbox, TestSandbox } from '../../testing/startTestSandbox';

const owner = '001122334455';
const member = '223344556677';
const policy = JSON.stringify({
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
});

describe('the operations of VPC Lattice, by the AWS SDK client', () => {
  let testSandbox: TestSandbox;
  let client: lattice.VPCLatticeClient;
  let network: lattice.GetServiceNetworkCommandOutput;
  let service: lattice.CreateServiceCommandOutput;
  let targetGroup: lattice.CreateTargetGroupCommandOutput;
  let listener: lattice.CreateListenerCommandOutput;

  const clientOf = (accountId: string) =>
    new lattice.VPCLatticeClient(testSandbox.clientConfig({ accountId }));
  const send = (command: any, as = client): Promise<any> => as.send(command);

  beforeAll(async () => {
    testSandbox = await startTestSandbox();
    client = clientOf(member);
    const { items } = await send(new lattice.ListServiceNetworksCommand({}));
    network = await send(
      new lattice.GetServiceNetworkCommand({
        serviceNetworkIdentifier: items[0].arn,
      }),
    );
    service = await send(
      new lattice.CreateServiceCommand({
        name: 'trial',
        authType: 'AWS_IAM',
        tags: { owner: 'me' },
      }),
    );
    targetGroup = await send(
      new lattice.CreateTargetGroupCommand({ name: 'trial', type: 'LAMBDA' }),
    );
    listener = await send(
      new lattice.CreateListenerCommand({
        serviceIdentifier: service.id,
        name: 'https',
        protocol: 'HTTPS',
        defaultAction: {
          forward: {
            targetGroups: [{ targetGroupIdentifier: targetGroup.arn }],
          },
        },
      }),
    );
  });

  afterAll(() => testSandbox.stop());

  it('names things as AWS does', () => {
    expect(service).toMatchObject({
      id: expect.stringMatching(/^svc-[0-9a-f]{17}$/),
      arn: `arn:aws:vpc-lattice:us-east-1:${member}:service/${service.id}`,
      status: 'ACTIVE',
      dnsEntry: {
        domainName: expect.stringMatching(
          /^trial-[0-9a-f]{17}\.[0-9a-f]{7}\.vpc-lattice-svcs\.us-east-1\.on\.aws$/,
        ),
      },
    });
    expect(listener).toMatchObject({
      arn: `${service.arn}/listener/${listener.id}`,
      port: 443,
      serviceId: service.id,
      defaultAction: {
        forward: {
          targetGroups: [
            { targetGroupIdentifier: targetGroup.id, weight: 100 },
          ],
        },
      },
    });
  });

  it('has the policy active only while IAM is on', async () => {
    const resource = { resourceIdentifier: service.id };
    const state = async () =>
      (await send(new lattice.GetAuthPolicyCommand(resource))).state;
    expect(await state()).toBeUndefined();
    await send(new lattice.PutAuthPolicyCommand({ ...resource, policy }));
    expect(await state()).toBe('Active');
    const update = (authType: lattice.AuthType) =>
      send(
        new lattice.UpdateServiceCommand({
          serviceIdentifier: service.id,
          authType,
        }),
      );
    await update('NONE');
    expect(await state()).toBe('Inactive');
    await update('AWS_IAM');
    await send(new lattice.DeleteAuthPolicyCommand(resource));
    expect(await state()).toBeUndefined();
  });

  it('keeps rules in their listener, and swaps priorities in a batch', async () => {
    const where = {
      serviceIdentifier: service.arn,
      listenerIdentifier: listener.id,
    };
    const make = (name: string, priority: number) =>
      send(
        new lattice.CreateRuleCommand({
          ...where,
          name,
          priority,
          match: { httpMatch: { pathMatch: { match: { prefix: '/a' } } } },
          action: { fixedResponse: { statusCode: 404 } },
        }),
      );
    const first = await make('first', 1);
    const second = await make('second', 2);
    await expect(make('third', 2)).rejects.toThrow(lattice.ConflictException);
    const { successful, unsuccessful } = await send(
      new lattice.BatchUpdateRuleCommand({
        ...where,
        rules: [
          { ruleIdentifier: first.id, priority: 2 },
          { ruleIdentifier: second.id, priority: 1 },
          { ruleIdentifier: 'rule-none', priority: 5 },
        ],
      }),
    );
    expect(successful.map((rule: any) => [rule.name, rule.priority])).toEqual([
      ['first', 2],
      ['second', 1],
    ]);
    expect(unsuccessful).toMatchObject([{ ruleIdentifier: 'rule-none' }]);
  });

  it('registers functions that exist, one to a group', async () => {
    const { estate } = testSandbox.sandbox;
    const [orders] = estate.functions.filter(
      candidate => candidate.accountId === member,
    );
    const register = (...ids: string[]) =>
      send(
        new lattice.RegisterTargetsCommand({
          targetGroupIdentifier: targetGroup.id,
          targets: ids.map(id => ({ id })),
        }),
      );
    const result = await register(orders.arn, `${orders.arn}-none`);
    expect(result.successful).toEqual([{ id: orders.arn }]);
    expect(result.unsuccessful).toMatchObject([
      { failureCode: 'TargetNotFound' },
    ]);
    const { items } = await send(
      new lattice.ListTargetsCommand({ targetGroupIdentifier: targetGroup.id }),
    );
    expect(items).toEqual([{ id: orders.arn, status: 'UNAVAILABLE' }]);
  });

  const x = (count: number) => 'x'.repeat(count);
  it.each<[string, () => any, string]>([
    [
      'a name that is taken',
      () => new lattice.CreateServiceCommand({ name: 'trial' }),
      'ConflictException',
    ],
    ...['ab', 'Trial', '-trial', 'a--b', 'svc-trial', x(41)].map(
      (name): [string, () => any, string] => [
        `the name ${name}`,
        () => new lattice.CreateServiceCommand({ name }),
        'ValidationException',
      ],
    ),
    [
      'an unknown auth type',
      () =>
        new lattice.CreateServiceCommand({
          name: 'other',
          authType: 'IAM' as any,
        }),
      'ValidationException',
    ],
    ...[
      'no JSON',
      '{}',
      policy.replace('Allow', 'Permit'),
      policy.replace(',', ',\n'),
      policy.replace('"Resource":"*"', `"Resource":"${x(10_000)}"`),
    ].map((text): [string, () => any, string] => [
      `the policy ${text.slice(0, 30)}…`,
      () =>
        new lattice.PutAuthPolicyCommand({
          resourceIdentifier: service.id,
          policy: text,
        }),
      'ValidationException',
    ]),
    [
      "another account's policy",
      () =>
        new lattice.GetAuthPolicyCommand({ resourceIdentifier: network.arn }),
      'AccessDeniedException',
    ],
    [
      "another account's tags",
      () =>
        new lattice.ListTagsForResourceCommand({ resourceArn: network.arn }),
      'AccessDeniedException',
    ],
    [
      'a second listener on a port',
      () =>
        new lattice.CreateListenerCommand({
          serviceIdentifier: service.id,
          name: 'other',
          protocol: 'HTTPS',
          defaultAction: { fixedResponse: { statusCode: 404 } },
        }),
      'ConflictException',
    ],
    [
      'a fixed response of 200',
      () =>
        new lattice.CreateListenerCommand({
          serviceIdentifier: service.id,
          name: 'other',
          protocol: 'HTTP',
          defaultAction: { fixedResponse: { statusCode: 200 } },
        }),
      'ValidationException',
    ],
    [
      'deleting a target group in use',
      () =>
        new lattice.DeleteTargetGroupCommand({
          targetGroupIdentifier: targetGroup.id,
        }),
      'ConflictException',
    ],
    [
      'associations of nothing in particular',
      () => new lattice.ListServiceNetworkServiceAssociationsCommand({}),
      'ValidationException',
    ],
    [
      'a log group that is not there',
      () =>
        new lattice.CreateAccessLogSubscriptionCommand({
          resourceIdentifier: service.id,
          destinationArn: `arn:aws:logs:us-east-1:${member}:log-group:/none`,
        }),
      'ValidationException',
    ],
    [
      'domain verifications, which are not there',
      () => new lattice.ListDomainVerificationsCommand({}),
      'UnknownOperationException',
    ],
  ])('refuses %s', async (_, command, name) => {
    await expect(send(command())).rejects.toMatchObject({ name });
  });

  it('associates a VPC with one service network, and lets both sides see it', async () => {
    const { items } = await send(
      new lattice.ListServiceNetworkVpcAssociationsCommand({
        serviceNetworkIdentifier: network.arn,
      }),
      clientOf(owner),
    );
    const own = items.find((item: any) => item.createdBy === member);
    await expect(
      send(
        new lattice.CreateServiceNetworkVpcAssociationCommand({
          serviceNetworkIdentifier: network.arn,
          vpcIdentifier: own.vpcId,
        }),
      ),
    ).rejects.toThrow(lattice.ConflictException);
    await expect(
      send(
        new lattice.GetServiceNetworkVpcAssociationCommand({
          serviceNetworkVpcAssociationIdentifier: own.arn,
        }),
      ),
    ).resolves.toMatchObject({ serviceNetworkName: network.name });
  });

  it('associates a service with a shared network, and protects what is associated', async () => {
    const association = await send(
      new lattice.CreateServiceNetworkServiceAssociationCommand({
        serviceIdentifier: service.id,
        serviceNetworkIdentifier: network.arn,
      }),
    );
    const removeService = new lattice.DeleteServiceCommand({
      serviceIdentifier: service.id,
    });
    await expect(send(removeService)).rejects.toThrow(
      lattice.ConflictException,
    );
    await expect(
      send(
        new lattice.DeleteServiceNetworkCommand({
          serviceNetworkIdentifier: network.arn,
        }),
        clientOf(owner),
      ),
    ).rejects.toThrow(lattice.ConflictException);
    await send(
      new lattice.DeleteServiceNetworkServiceAssociationCommand({
        serviceNetworkServiceAssociationIdentifier: association.id,
      }),
    );
    await expect(send(removeService)).resolves.toMatchObject({
      status: 'DELETE_IN_PROGRESS',
    });
    const { estate } = testSandbox.sandbox;
    expect(estate.listeners.has(listener.arn!)).toBe(false);
    expect(estate.rules.find(rule => rule.serviceArn === service.arn)).toBe(
      undefined,
    );
  });

  it('shows a service to those it is shared with, until it is not', async () => {
    const arn = testSandbox.sandbox.estate.services.find(
      ({ name }) => name === 'orders',
    )!.arn;
    const ram = new RAMClient(testSandbox.clientConfig({ accountId: member }));
    const guest = clientOf('667788990011');
    const get = () =>
      send(new lattice.GetServiceCommand({ serviceIdentifier: arn }), guest);
    await expect(get()).rejects.toThrow(lattice.AccessDeniedException);
    const { resourceShare } = await ram.send(
      new CreateResourceShareCommand({
        name: 'orders',
        resourceArns: [arn],
        principals: [
          `arn:aws:organizations::${owner}:organization/o-lattice01`,
        ],
      }),
    );
    await expect(get()).resolves.toMatchObject({ name: 'orders' });
    const { items } = await send(new lattice.ListServicesCommand({}), guest);
    expect(items).toMatchObject([{ arn }]);
    await ram.send(
      new DeleteResourceShareCommand({
        resourceShareArn: resourceShare!.resourceShareArn,
      }),
    );
    await expect(get()).rejects.toThrow(lattice.AccessDeniedException);
  });
});
