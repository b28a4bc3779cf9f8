import type { TestSandbox } from '@lattice-portal/sandbox';
import { endProduct, launchProduct } from './__testUtils__/productLaunches';
import { startProductSandbox } from './__testUtils__/repositoryTemplates';

jest.setTimeout(60_000);

const accountId = '223344556677';
const called =
  'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-0123456789abcdef';

describe('the product of eks-service', () => {
  let testSandbox: TestSandbox;

  beforeEach(async () => {
    testSandbox = await startProductSandbox('lattice-eks-service');
  });

  afterEach(() => testSandbox.stop());

  const make = (parameters: Record<string, string> = {}) =>
    launchProduct({
      testSandbox,
      accountId,
      product: 'lattice-eks-service',
      name: 'stock',
      parameters: {
        ServiceName: 'stock',
        Owner: 'group:commerce',
        ClusterName1: 'commerce',
        Namespace: 'stock',
        ServiceAccountName: 'stock',
        ...parameters,
      },
    });

  it('makes what the service needs, and removes it again', async () => {
    const { estate } = testSandbox.sandbox;
    const remains = () => ({
      roles: estate.roles.size,
      logGroups: estate.logGroups.size,
      others: estate.otherResources.size,
    });
    const [blue] = estate.eksClusters.values();
    const arn = blue.arn.replace(/commerce$/, 'green');
    estate.eksClusters.put(arn, { ...blue, arn, name: 'green' });
    const before = remains();
    const group = estate.securityGroups.find(
      ({ name }) => name === 'recommendations-nodes',
    )!;
    const { outputs, ...made } = await make({
      ClusterName2: 'green',
      System: 'shop',
      CalledServiceArns: `${called}0,${called}1`,
      TargetSecurityGroupId: group.id,
      TargetPort: '9090',
      HealthCheckPort: '9091',
      LatticePrefixListId: estate.prefixLists.find(
        list =>
          list.accountId === accountId && list.name.endsWith('.vpc-lattice'),
      )!.id,
    });
    expect(made).toEqual({ status: 'SUCCEEDED', errors: [] });
    expect(outputs).toMatchObject({
      AccessLogGroupName: '/aws/vendedlogs/lattice/service-stock',
      ImageRepositoryUri: expect.stringContaining('lattice/stock'),
    });
    const role = estate.roles.get(outputs.PodRoleArn)!;
    expect(role.tags).toMatchObject({
      owner: 'group:commerce',
      component: 'stock',
      system: 'shop',
    });
    expect(role.trustPolicy).toMatchObject({
      Statement: [
        {
          Principal: { Service: 'pods.eks.amazonaws.com' },
          Condition: {
            StringEquals: {
              'aws:SourceAccount': accountId,
              'aws:RequestTag/kubernetes-namespace': 'stock',
              'aws:RequestTag/kubernetes-service-account': 'stock',
            },
          },
        },
      ],
    });
    expect(
      estate.securityGroups
        .get(group.id)!
        .rules.slice(group.rules.length)
        .map(({ direction, fromPort, toPort }) => [
          direction,
          fromPort,
          toPort,
        ]),
    ).toEqual(
      expect.arrayContaining([
        ['ingress', 9090, 9090],
        ['ingress', 9091, 9091],
      ]),
    );

    expect(await endProduct({ testSandbox, accountId, name: 'stock' })).toEqual(
      { status: 'SUCCEEDED', errors: [] },
    );
    expect(remains()).toEqual(before);
    expect(estate.securityGroups.get(group.id)!.rules).toEqual(group.rules);
  });

  it('gives pods nothing to do by itself', async () => {
    const { outputs, status } = await make();
    expect(status).toBe('SUCCEEDED');
    const role = testSandbox.sandbox.estate.roles.get(outputs.PodRoleArn)!;
    expect(role.inlinePolicies).toEqual({});
    expect(role.attachedPolicyArns).toEqual([]);
  });

  it('lets pods call the chosen services only', async () => {
    const { outputs } = await make({
      CalledServiceArns: `${called}0,${called}1`,
    });
    const role = testSandbox.sandbox.estate.roles.get(outputs.PodRoleArn)!;
    expect(role.inlinePolicies['call-services']).toMatchObject({
      Statement: [
        {
          Action: 'vpc-lattice-svcs:Invoke',
          Resource: [`${called}0/*`, `${called}1/*`],
        },
      ],
    });
  });
});
