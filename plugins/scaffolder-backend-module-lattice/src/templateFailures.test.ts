import {
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import latticePlugin from '@lattice-portal/plugin-lattice-backend';
import { readdir } from 'node:fs/promises';
import { startProvisioningSandbox } from './__testUtils__/startProvisioningSandbox';
import { startScaffolder, until } from './__testUtils__/startScaffolder';

const platform = '001122334455';
const commerce = '223344556677';
const edge = '445566778899';
const legacy = '778899001122';
const proxy = `arn:aws:iam::${edge}:role/public-proxy`;
/** Well formed, and nowhere. */
const noGroup = 'sg-0123456789abcdef0';

/** A template, and how AWS can be made to refuse what it launches. */
interface Case {
  what: string;
  template: string;
  values: () => Record<string, unknown>;
  /** Account of what is launched. */
  account: string;
  /** Account of the resource that fails, where it is another. */
  resourceAccount?: string;
  /** Name of the product without `lattice-`: that of its launch role. */
  product: string;
  /** What makes the resource that fails: signing name and operation. */
  makes: [string, string];
  /** Code with which AWS says that there are enough of them. */
  enough: string;
  /** Answers that only AWS knows to be wrong. */
  wrong: () => Record<string, unknown>;
  /** What is said of them. */
  saidOfWrong: RegExp;
  /** Milliseconds a resource takes to be made: the scaffolder looks for a cancellation once a second. */
  delay: number;
}

describe('a template that can not do what it should', () => {
  jest.setTimeout(120_000);
  const place = createMockDirectory();
  let portal: Awaited<ReturnType<typeof startProvisioningSandbox>>;
  let scaffolder: Awaited<ReturnType<typeof startScaffolder>>;

  const serviceValues = (name: string) => ({
    name,
    description: 'Keeps lists',
    owner: 'group:default/commerce',
    account: commerce,
    network: portal.networkArn,
    logRetentionDays: 30,
    access: { callers: [proxy], methods: ['GET'], path: '/items/*' },
  });

  beforeAll(async () => {
    portal = await startProvisioningSandbox({
      repositoriesDirectory: place.resolve('repositories'),
    });
    scaffolder = await startScaffolder({
      directory: place.resolve('.'),
      groups: ['platform', 'commerce'],
      templateFolders: [
        'lambda-service',
        'ecs-service',
        'eks-service',
        'call-service',
        'join-vpc',
        'service-network',
      ],
      features: [latticePlugin, schedulerServiceFactory],
    });
    await until(
      async () =>
        (
          await scaffolder.request('/api/lattice/v1/services')
        ).items?.length,
    );
    const caller = await scaffolder.run('lattice-lambda-service', {
      ...serviceValues('caller'),
    });
    if (caller.status !== 'completed') {
      throw new Error(caller.log);
    }
    await until(
      async () => (await scaffolder.entity('component/default/caller')).kind,
    );
  });
  afterAll(async () => {
    await portal?.stop();
  });

  const vpcOf = (accountId: string) =>
    portal.estate.vpcs.find(vpc => vpc.accountId === accountId)?.id;
  const subnetsOf = (accountId: string) =>
    portal.estate.subnets
      .filter(({ vpcId }) => vpcId === vpcOf(accountId))
      .map(({ id }) => id);
  const prefixList = 'pl-0123456789abcdef0';
  const callerRole = () =>
    [...portal.estate.roles.values()].find(({ arn }) =>
      /FunctionRole/.test(arn),
    )?.arn;
  const serviceArn = (name: string) =>
    portal.estate.services.find(service => service.name === name)?.arn;

  const ecsValues = () => ({
    ...serviceValues('lists'),
    shape: 'native',
    vpc: vpcOf(commerce),
    subnets: subnetsOf(commerce),
    prefixList,
  });
  const joinValues = (way: string) => ({
    account: legacy,
    owner: 'group:default/platform',
    network: portal.networkArn,
    way,
    vpc: vpcOf(legacy),
    ...(way === 'association'
      ? { prefixList }
      : { subnets: subnetsOf(legacy) }),
  });

  const cases: Case[] = [
    {
      what: 'a service on Lambda',
      template: 'lambda-service',
      values: () => serviceValues('lists'),
      account: commerce,
      product: 'lambda-service',
      makes: ['vpc-lattice', 'CreateListener'],
      enough: 'ServiceQuotaExceededException',
      wrong: () => ({
        callsOthers: true,
        vpc: vpcOf(commerce),
        subnets: subnetsOf(commerce),
        prefixList,
        associationSecurityGroup: noGroup,
      }),
      saidOfWrong: new RegExp(noGroup),
      delay: 200,
    },
    {
      what: 'a service on ECS',
      template: 'ecs-service',
      values: ecsValues,
      account: commerce,
      product: 'ecs-native-service',
      makes: ['vpc-lattice', 'CreateListener'],
      enough: 'ServiceQuotaExceededException',
      wrong: () => ({ callsOthers: true, associationSecurityGroup: noGroup }),
      saidOfWrong: new RegExp(noGroup),
      delay: 200,
    },
    {
      what: 'a service on EKS',
      template: 'eks-service',
      values: () => ({
        ...serviceValues('lists'),
        route: 'http',
        networkName: 'company',
        clusters: ['commerce'],
        delivery: 'argocd',
        cloneUrl: 'https://git.example.com/teams/lists.git',
      }),
      account: commerce,
      product: 'eks-service',
      makes: ['iam', 'CreateRole'],
      enough: 'LimitExceeded',
      wrong: () => ({ targetSecurityGroup: noGroup, prefixList }),
      saidOfWrong: new RegExp(noGroup),
      delay: 500,
    },
    {
      what: 'a call of another service',
      template: 'call-service',
      values: () => ({
        component: 'component:default/caller',
        account: commerce,
        callers: [callerRole()],
        service: serviceArn('orders'),
        methods: ['GET'],
        path: '/orders/*',
        reason: 'Lists are paid for',
        ownSide: true,
        vpc: vpcOf(commerce),
      }),
      account: commerce,
      product: 'service-call',
      makes: ['iam', 'PutRolePolicy'],
      enough: 'LimitExceeded',
      wrong: () => ({ securityGroup: noGroup, prefixList }),
      saidOfWrong: new RegExp(noGroup),
      delay: 3000,
    },
    {
      what: 'an association of a VPC',
      template: 'join-vpc',
      values: () => joinValues('association'),
      account: legacy,
      product: 'join-vpc',
      makes: ['vpc-lattice', 'CreateServiceNetworkVpcAssociation'],
      enough: 'ServiceQuotaExceededException',
      wrong: () => ({ clientSecurityGroups: [noGroup] }),
      saidOfWrong: new RegExp(noGroup),
      delay: 1000,
    },
    {
      what: 'an endpoint of a VPC',
      template: 'join-vpc',
      values: () => joinValues('endpoint'),
      account: legacy,
      product: 'join-vpc',
      makes: ['ec2', 'CreateVpcEndpoint'],
      enough: 'VpcEndpointLimitExceeded',
      wrong: () => ({ clientSecurityGroups: [noGroup] }),
      saidOfWrong: new RegExp(noGroup),
      delay: 1000,
    },
    {
      what: 'a service network',
      template: 'service-network',
      values: () => ({
        name: 'partners',
        description: 'For partners',
        owner: 'group:default/platform',
        account: platform,
        region: 'us-east-1',
        organization: 'o-lattice01',
        shareWith: [commerce],
      }),
      account: platform,
      product: 'service-network',
      makes: ['vpc-lattice', 'CreateServiceNetwork'],
      enough: 'ServiceQuotaExceededException',
      wrong: () => ({ shareWith: ['999999999999'] }),
      saidOfWrong: /999999999999/,
      delay: 500,
    },
  ];

  /** All that is in AWS, but for what is written of the past. */
  const inventory = () =>
    Object.entries(portal.estate)
      .filter(([name]) => name !== 'trailEvents')
      .flatMap(([name, collection]: [string, any]) =>
        [...collection.entries()]
          // Amazon ECS keeps what is deregistered, and AWS RAM for a while what is deleted.
          .filter(
            ([, { status }]: any) => !['INACTIVE', 'DELETED'].includes(status),
          )
          .map(
            ([key, value]: [string, any]) =>
              `${name} ${key}${
                name === 'securityGroups' || name === 'roles'
                  ? ` ${JSON.stringify(value)}`
                  : ''
              }`,
          ),
      )
      .sort();

  /** What is there more, or less, than before, once AWS, the repositories and the catalog are at rest. */
  async function whatIsLeft(before: string[]) {
    const difference = () => {
      const now = inventory();
      return [
        ...now.filter(line => !before.includes(line)),
        ...before.filter(line => !now.includes(line)),
      ];
    };
    await until(() => difference().length === 0).catch(() => {});
    const repositories = await readdir(place.resolve('repositories'));
    const entities = await Promise.all(
      ['lists', 'network-partners'].map(name =>
        scaffolder.entity(`component/default/${name}`),
      ),
    );
    return [
      ...difference(),
      ...repositories.filter(name => name !== 'caller.git'),
      ...entities.flatMap(({ kind, metadata }) => (kind ? metadata.name : [])),
    ];
  }

  const launch = ({ template, values }: Case, changes: object = {}) =>
    scaffolder.run(`lattice-${template}`, { ...values(), ...changes });

  it.each(cases.map(each => [each.what, each] as const))(
    'leaves nothing of %s',
    async (_, each) => {
      const before = inventory();
      const [service, operation] = each.makes;
      const fail = (code: string, times: number) =>
        portal.sandbox.sandbox.fail({
          service,
          operation,
          accountId: each.account,
          code,
          times,
        });

      const wrong = await launch(each, each.wrong());
      expect(wrong).toMatchObject({ status: 'failed' });
      expect(wrong.log).toMatch(each.saidOfWrong);
      expect(await whatIsLeft(before)).toEqual([]);

      fail(each.enough, 1);
      const enough = await launch(each);
      expect(enough).toMatchObject({ status: 'failed' });
      expect(enough.log).toMatch(/quota|limit/i);
      expect(await whatIsLeft(before)).toEqual([]);

      fail('throttling', 6);
      const throttled = await launch(each);
      expect(throttled).toMatchObject({ status: 'failed' });
      expect(throttled.log).toMatch(/start over in a few minutes/);
      expect(await whatIsLeft(before)).toEqual([]);

      const iam = new IAMClient(
        portal.sandbox.clientConfig({ accountId: each.account }),
      );
      const policy = {
        RoleName: `lattice-portal-launch-${each.product}`,
        PolicyName: 'denied',
      };
      await iam.send(
        new PutRolePolicyCommand({
          ...policy,
          PolicyDocument: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Deny',
                Action: `${service}:${operation}`,
                Resource: '*',
              },
            ],
          }),
        }),
      );
      const denied = await launch(each);
      await iam.send(new DeleteRolePolicyCommand(policy));
      expect(denied).toMatchObject({ status: 'failed' });
      expect(denied.log).toContain(`${service}:${operation}`);
      expect(denied.log).toMatch(/ask the platform team/);
      expect(await whatIsLeft(before)).toEqual([]);

      portal.setResourceDelay(each.delay);
      const { id } = await scaffolder.request('/api/scaffolder/v2/tasks', {
        templateRef: `template:default/lattice-${each.template}`,
        values: each.values(),
      });
      const task = `/api/scaffolder/v2/tasks/${id}`;
      const log = async () =>
        (await scaffolder.request(`${task}/events`))
          .map((event: any) => event.body.message)
          .join('\n');
      await until(async () => /CREATE_IN_PROGRESS/.test(await log()));
      await scaffolder.request(`${task}/cancel`, {});
      await until(async () =>
        ['failed', 'cancelled'].includes(
          (
            await scaffolder.request(task)
          ).status,
        ),
      );
      portal.setResourceDelay(0);
      expect(await log()).toMatch(
        /The run was cancelled[^]*Nothing of it is left/,
      );
      expect(await whatIsLeft(before)).toEqual([]);
    },
  );
});
