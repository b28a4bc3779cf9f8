import type { TestSandbox } from '@lattice-portal/sandbox';
import {
  callAs,
  endProduct,
  launchProduct,
} from './__testUtils__/productLaunches';
import { startProductSandbox } from './__testUtils__/repositoryTemplates';

jest.setTimeout(60_000);

const sharedServices = '001122334455';
const analytics = '667788990011';
const legacy = '778899001122';

describe('the product of service-network', () => {
  let testSandbox: TestSandbox;

  beforeEach(async () => {
    testSandbox = await startProductSandbox(
      'lattice-service-network',
      'lattice-vpc-association',
      'lattice-lambda-service',
    );
  });

  afterEach(() => testSandbox.stop());

  const make = (parameters: Record<string, string> = {}) =>
    launchProduct({
      testSandbox,
      accountId: sharedServices,
      product: 'lattice-service-network',
      name: 'network-second',
      parameters: {
        NetworkName: 'second',
        Owner: 'group:platform',
        OrganizationId: 'o-lattice01',
        ...parameters,
      },
    });

  function remains() {
    const { estate } = testSandbox.sandbox;
    return {
      networks: estate.serviceNetworks.size,
      policies: estate.authPolicies.size,
      subscriptions: estate.accessLogSubscriptions.size,
      logGroups: estate.logGroups.size,
      shares: estate.resourceShares.filter(({ status }) => status === 'ACTIVE')
        .length,
    };
  }

  it('makes a network that other accounts join, call through and log to', async () => {
    const { estate } = testSandbox.sandbox;
    const before = remains();
    const { outputs, ...made } = await make({
      ShareWith: `${analytics},${legacy}`,
    });
    expect(made).toEqual({ status: 'SUCCEEDED', errors: [] });
    const networkArn = outputs.ServiceNetworkArn;
    expect(estate.serviceNetworks.get(networkArn)).toMatchObject({
      id: outputs.ServiceNetworkId,
      name: 'second',
      authType: 'AWS_IAM',
      tags: { owner: 'group:platform' },
    });
    expect(
      estate.accessLogSubscriptions
        .filter(({ resourceArn }) => resourceArn === networkArn)
        .map(({ destinationArn, serviceNetworkLogType }) => [
          serviceNetworkLogType,
          destinationArn.split(':').slice(5).join(':').replace(/:\*$/, ''),
        ])
        .sort(),
    ).toEqual(
      [
        ['RESOURCE', outputs.LogBucketName],
        ['RESOURCE', `log-group:${outputs.ResourceLogGroupName}`],
        ['SERVICE', outputs.LogBucketName],
        ['SERVICE', `log-group:${outputs.AccessLogGroupName}`],
      ].sort(),
    );
    expect(outputs.AccessLogGroupName).toBe(
      '/aws/vendedlogs/lattice/network-second',
    );
    expect(estate.resourceShares.get(outputs.ResourceShareArn)).toMatchObject({
      allowExternalPrincipals: false,
      principals: [analytics, legacy],
      resourceArns: [networkArn],
    });

    // A service in one account, a VPC in another.
    const roleArn = `arn:aws:iam::${analytics}:role/reporting`;
    const service = await launchProduct({
      testSandbox,
      accountId: analytics,
      product: 'lattice-lambda-service',
      name: 'figures',
      parameters: {
        ServiceName: 'figures',
        ServiceNetworkArn: networkArn,
        AllowedCallers: roleArn,
        Owner: 'group:analytics',
      },
    });
    expect(service).toMatchObject({ status: 'SUCCEEDED' });
    const vpc = estate.vpcs.find(({ tags }) => tags.Name === 'legacy')!;
    const joined = await launchProduct({
      testSandbox,
      accountId: legacy,
      product: 'lattice-vpc-association',
      name: 'join',
      parameters: {
        VpcId: vpc.id,
        ServiceNetworkArn: networkArn,
        Owner: 'group:platform',
        LatticePrefixListId: estate.prefixLists.find(
          ({ accountId, name }) =>
            accountId === legacy && name.endsWith('.vpc-lattice'),
        )!.id,
      },
    });
    expect(joined).toMatchObject({ status: 'SUCCEEDED' });
    const answer = await callAs({
      testSandbox,
      roleArn,
      vpcId: vpc.id,
      host: service.outputs.ServiceDomainName,
      path: '/',
    });
    expect(answer).toMatchObject({ status: 200 });

    for (const [accountId, name] of [
      [legacy, 'join'],
      [analytics, 'figures'],
      [sharedServices, 'network-second'],
    ]) {
      expect(await endProduct({ testSandbox, accountId, name })).toEqual({
        status: 'SUCCEEDED',
        errors: [],
      });
    }
    expect(remains()).toEqual(before);
    // Evidence outlives the network.
    expect(estate.buckets.has(outputs.LogBucketName)).toBe(true);
  });

  it.each([
    [{}, ['AllowOrganization'], undefined],
    [
      { AllowedVpcs: 'vpc-0123456789abcdef0,vpc-0123456789abcdef1' },
      ['AllowOrganization'],
      ['vpc-0123456789abcdef0', 'vpc-0123456789abcdef1'],
    ],
    [
      { AllowedVpcs: 'vpc-0123456789abcdef0', AnonymousCallers: 'tls' },
      ['AllowOrganization', 'AllowAnonymousConnections'],
      ['vpc-0123456789abcdef0'],
    ],
    [
      { AllowedVpcs: 'vpc-0123456789abcdef0', AnonymousCallers: 'requests' },
      [
        'AllowOrganization',
        'AllowAnonymousConnections',
        'AllowAnonymousRequests',
      ],
      ['vpc-0123456789abcdef0'],
    ],
  ])('lets through whom it is told: %j', async (parameters, sids, vpcs) => {
    const { outputs, status } = await make(parameters as any);
    expect(status).toBe('SUCCEEDED');
    const { policy }: any = testSandbox.sandbox.estate.authPolicies.get(
      outputs.ServiceNetworkArn,
    );
    const statements = JSON.parse(policy).Statement;
    expect(statements.map((statement: any) => statement.Sid)).toEqual(sids);
    expect(statements[0].Condition).toEqual({
      StringEquals: {
        'aws:PrincipalOrgID': 'o-lattice01',
        ...(vpcs && { 'vpc-lattice-svcs:SourceVpc': vpcs }),
      },
    });
  });

  it('leaves nothing, the bucket included, when the name is taken', async () => {
    const before = remains();
    const buckets = testSandbox.sandbox.estate.buckets.size;
    const made = await make({ NetworkName: 'company' });
    expect(made).toMatchObject({
      status: 'FAILED',
      errors: [
        expect.stringMatching(/Network \(AWS::VpcLattice::ServiceNetwork\)/),
      ],
    });
    expect(remains()).toEqual(before);
    expect(testSandbox.sandbox.estate.buckets.size).toBe(buckets);
  });
});
