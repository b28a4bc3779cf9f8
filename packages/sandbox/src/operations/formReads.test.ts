import { request } from 'node:http';
import * as acm from '@aws-sdk/client-acm';
import * as ec2 from '@aws-sdk/client-ec2';
import * as ecs from '@aws-sdk/client-ecs';
import * as eks from '@aws-sdk/client-eks';
import * as elb from '@aws-sdk/client-elastic-load-balancing-v2';
import * as iam from '@aws-sdk/client-iam';
import * as lattice from '@aws-sdk/client-vpc-lattice';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as route53 from '@aws-sdk/client-route-53';
import * as quotas from '@aws-sdk/client-service-quotas';
import { TestSandbox, startTestSandbox } from '../testing/startTestSandbox';

const accountId = '223344556677';

jest.setTimeout(30_000);

describe('what forms and products read and write, by AWS SDK clients', () => {
  let testSandbox: TestSandbox;
  let config: ReturnType<TestSandbox['clientConfig']>;
  let vpcId: string;
  let subnetIds: string[];

  beforeAll(async () => {
    testSandbox = await startTestSandbox();
    config = testSandbox.clientConfig({ accountId });
    const { estate } = testSandbox.sandbox;
    vpcId = estate.vpcs.find(({ tags }) => tags.Name === 'commerce')!.id;
    subnetIds = estate.subnets
      .filter(subnet => subnet.vpcId === vpcId)
      .map(({ id }) => id);
  });
  afterAll(() => testSandbox.stop());

  /** Status of an anonymous call from a VPC. */
  function call(host: string, sourceVpc: string): Promise<number | undefined> {
    return new Promise((fulfil, reject) => {
      request(testSandbox.url, {
        headers: { host, 'x-sandbox-source-vpc': sourceVpc },
      })
        .on('error', reject)
        .on('response', response => {
          response.resume();
          fulfil(response.statusCode);
        })
        .end();
    });
  }

  it('finds the subnets of a VPC, in two zones', async () => {
    const client = new ec2.EC2Client(config);
    const { Subnets } = await client.send(
      new ec2.DescribeSubnetsCommand({
        Filters: [{ Name: 'vpc-id', Values: [vpcId] }],
      }),
    );
    expect(Subnets).toMatchObject([
      { VpcId: vpcId, AvailableIpAddressCount: 4091 },
      { VpcId: vpcId, AvailableIpAddressCount: 4091 },
    ]);
    expect(Subnets!.map(subnet => subnet.AvailabilityZone).sort()).toEqual([
      'us-east-1a',
      'us-east-1b',
    ]);
    await expect(
      client.send(new ec2.DescribeSubnetsCommand({ SubnetIds: ['subnet-0'] })),
    ).rejects.toMatchObject({ name: 'InvalidSubnetID.NotFound' });
  });

  it('makes an endpoint of a service network, by which a VPC comes in', async () => {
    const client = new ec2.EC2Client(
      testSandbox.clientConfig({ accountId: '778899001122' }),
    );
    const { estate } = testSandbox.sandbox;
    const vpc = estate.vpcs.find(({ tags }) => tags.Name === 'legacy')!;
    const [network] = estate.serviceNetworks.values();
    const { VpcEndpoint } = await client.send(
      new ec2.CreateVpcEndpointCommand({
        VpcEndpointType: 'ServiceNetwork',
        VpcId: vpc.id,
        ServiceNetworkArn: network.arn,
        SubnetIds: estate.subnets
          .filter(subnet => subnet.vpcId === vpc.id)
          .map(({ id }) => id),
      }),
    );
    const { items } = await new lattice.VPCLatticeClient(
      testSandbox.clientConfig({ accountId: network.accountId }),
    ).send(
      new lattice.ListServiceNetworkVpcEndpointAssociationsCommand({
        serviceNetworkIdentifier: network.arn,
      }),
    );
    expect(items).toMatchObject([
      { vpcEndpointId: VpcEndpoint!.VpcEndpointId, vpcId: vpc.id },
    ]);
    const service = estate.services.find(({ name }) => name === 'status')!;
    // The way is there, and the network's own policy does not list the VPC.
    expect(await call(service.dnsEntry.domainName, vpc.id)).toBe(403);
    await client.send(
      new ec2.DeleteVpcEndpointsCommand({
        VpcEndpointIds: [VpcEndpoint!.VpcEndpointId!],
      }),
    );
    expect(
      (await client.send(new ec2.DescribeVpcEndpointsCommand({}))).VpcEndpoints,
    ).toEqual([]);
    await expect(call(service.dnsEntry.domainName, vpc.id)).rejects.toThrow(
      'socket hang up',
    );
  });

  it('issues a certificate once its validation record is there', async () => {
    const certificates = new acm.ACMClient(config);
    const dns = new route53.Route53Client(config);
    const { CertificateSummaryList } = await certificates.send(
      new acm.ListCertificatesCommand({ CertificateStatuses: ['ISSUED'] }),
    );
    expect(CertificateSummaryList).toMatchObject([
      { DomainName: '*.example.com', Status: 'ISSUED', InUse: false },
    ]);
    const { CertificateArn } = await certificates.send(
      new acm.RequestCertificateCommand({
        DomainName: 'shop.example.com',
        ValidationMethod: 'DNS',
      }),
    );
    const status = async () => {
      const { Certificate } = await certificates.send(
        new acm.DescribeCertificateCommand({ CertificateArn }),
      );
      return Certificate!;
    };
    const pending = await status();
    expect(pending.Status).toBe('PENDING_VALIDATION');
    const { HostedZones } = await dns.send(
      new route53.ListHostedZonesByNameCommand({ DNSName: 'example.com' }),
    );
    const zone = HostedZones![0];
    expect(zone).toMatchObject({ Name: 'example.com.' });
    const record = pending.DomainValidationOptions![0].ResourceRecord!;
    const change = (Action: 'CREATE' | 'DELETE', Name = record.Name) =>
      dns.send(
        new route53.ChangeResourceRecordSetsCommand({
          HostedZoneId: zone.Id,
          ChangeBatch: {
            Changes: [
              {
                Action,
                ResourceRecordSet: {
                  Name,
                  Type: record.Type,
                  TTL: 300,
                  ResourceRecords: [{ Value: record.Value! }],
                },
              },
            ],
          },
        }),
      );
    await change('CREATE');
    expect((await status()).Status).toBe('ISSUED');
    const { ResourceRecordSets } = await dns.send(
      new route53.ListResourceRecordSetsCommand({ HostedZoneId: zone.Id }),
    );
    expect(ResourceRecordSets).toMatchObject([
      { Name: record.Name, Type: 'CNAME', TTL: 300 },
    ]);
    await expect(change('CREATE')).rejects.toMatchObject({
      name: 'InvalidChangeBatch',
      message: expect.stringContaining('already exists'),
    });
    await expect(change('CREATE', 'a.elsewhere.org')).rejects.toMatchObject({
      message: expect.stringContaining('is not permitted in zone'),
    });
    await change('DELETE');
  });

  it('tells of clusters, quotas, filters and load balancers', async () => {
    const kubernetes = new eks.EKSClient(config);
    expect(
      await kubernetes.send(new eks.ListClustersCommand({})),
    ).toMatchObject({ clusters: ['commerce', 'commerce-next'] });
    const { cluster } = await kubernetes.send(
      new eks.DescribeClusterCommand({ name: 'commerce' }),
    );
    expect(cluster).toMatchObject({
      status: 'ACTIVE',
      resourcesVpcConfig: { vpcId, subnetIds },
    });

    const limits = new quotas.ServiceQuotasClient(config);
    const { Quotas } = await limits.send(
      new quotas.ListServiceQuotasCommand({ ServiceCode: 'vpc-lattice' }),
    );
    expect(Quotas).toContainEqual(
      expect.objectContaining({
        QuotaName: 'Services per Region',
        Value: 2000,
      }),
    );

    const balancers = new elb.ElasticLoadBalancingV2Client(config);
    const { LoadBalancers } = await balancers.send(
      new elb.CreateLoadBalancerCommand({
        Name: 'shop',
        Scheme: 'internal',
        Subnets: subnetIds,
      }),
    );
    expect(
      (await balancers.send(new elb.DescribeLoadBalancersCommand({})))
        .LoadBalancers,
    ).toMatchObject([
      {
        LoadBalancerArn: LoadBalancers![0].LoadBalancerArn,
        DNSName: expect.stringMatching(/^internal-shop-/),
        State: { Code: 'active' },
      },
    ]);
    await expect(
      balancers.send(new elb.DescribeLoadBalancersCommand({ Names: ['no'] })),
    ).rejects.toMatchObject({ name: 'LoadBalancerNotFoundException' });

    const tasks = new ecs.ECSClient(config);
    await tasks.send(new ecs.CreateClusterCommand({ clusterName: 'shop' }));
    expect(await tasks.send(new ecs.ListClustersCommand({}))).toMatchObject({
      clusterArns: [`arn:aws:ecs:us-east-1:${accountId}:cluster/shop`],
    });
    await expect(
      tasks.send(
        new ecs.DescribeServicesCommand({ cluster: 'no', services: ['a'] }),
      ),
    ).rejects.toMatchObject({ name: 'ClusterNotFoundException' });

    const cloudWatch = new logs.CloudWatchLogsClient(config);
    await cloudWatch.send(
      new logs.PutMetricFilterCommand({
        logGroupName: '/aws/lattice/service-orders',
        filterName: 'denied',
        filterPattern: '{ $.responseCode = 403 }',
        metricTransformations: [
          { metricName: 'denied', metricNamespace: 'team', metricValue: '1' },
        ],
      }),
    );
    expect(
      await cloudWatch.send(new logs.DescribeMetricFiltersCommand({})),
    ).toMatchObject({ metricFilters: [{ filterName: 'denied' }] });
  });

  it('keeps versions of a managed policy', async () => {
    const client = new iam.IAMClient(config);
    const PolicyDocument = JSON.stringify({
      Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
    });
    const { Policy } = await client.send(
      new iam.CreatePolicyCommand({ PolicyName: 'versions', PolicyDocument }),
    );
    const PolicyArn = Policy!.Arn!;
    await client.send(
      new iam.CreatePolicyVersionCommand({
        PolicyArn,
        PolicyDocument,
        SetAsDefault: true,
      }),
    );
    const { Versions } = await client.send(
      new iam.ListPolicyVersionsCommand({ PolicyArn }),
    );
    expect(Versions).toMatchObject([
      { VersionId: 'v1', IsDefaultVersion: false },
      { VersionId: 'v2', IsDefaultVersion: true },
    ]);
  });

  it('fails by hand: throttled calls, and an account with a smaller quota', async () => {
    const client = new lattice.VPCLatticeClient({ ...config, maxAttempts: 1 });
    const create = (name: string) =>
      client.send(new lattice.CreateServiceCommand({ name }));
    const fault = { service: 'vpc-lattice', operation: 'CreateService' };
    const post = async (what: string, body: object) => {
      const { status } = await fetch(`${testSandbox.url}/_sandbox/${what}`, {
        method: 'POST',
        body: JSON.stringify(body),
      });
      return status;
    };
    expect(await post('faults', { ...fault, code: 'throttling' })).toBe(204);
    expect(await post('faults', fault)).toBe(400);
    await expect(create('throttled')).rejects.toMatchObject({
      name: 'ThrottlingException',
      $metadata: { httpStatusCode: 429 },
    });
    await create('throttled');

    const quota = { accountId, code: 'L-1A31C3CC' };
    expect(await post('quotas', { ...quota, value: 4 })).toBe(204);
    expect(await post('quotas', { accountId, code: 'L-0' })).toBe(400);
    await expect(create('too-many')).rejects.toMatchObject({
      name: 'ServiceQuotaExceededException',
      quotaCode: 'L-1A31C3CC',
    });
    // Without a value, the default is in force again.
    expect(await post('quotas', quota)).toBe(204);
    await create('too-many');
  });
});
