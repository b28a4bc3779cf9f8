import { TestSandbox, startTestSandbox } from '../testing/startTestSandbox';
import {
  endProduct,
  launchProduct,
  templateFile,
  useLaunchPolicy,
} from './__testUtils__/productLaunches';

const accountId = '778899001122';

describe('the endpoint of join-vpc', () => {
  let testSandbox: TestSandbox;

  beforeEach(async () => {
    testSandbox = await startTestSandbox({
      products: [
        {
          name: 'lattice-vpc-endpoint',
          template: templateFile('join-vpc/product/endpoint.yaml'),
        },
      ],
    });
    await useLaunchPolicy({
      testSandbox,
      accountId,
      policy: 'join-vpc/product/launch-role.json',
    });
  });

  afterEach(() => testSandbox.stop());

  it('is made with rules for its clients, and removed again', async () => {
    const { estate } = testSandbox.sandbox;
    const vpc = estate.vpcs.find(each => each.accountId === accountId)!;
    const groups = estate.securityGroups.size;
    const { outputs, ...made } = await launchProduct({
      testSandbox,
      accountId,
      product: 'lattice-vpc-endpoint',
      name: 'endpoint',
      parameters: {
        VpcId: vpc.id,
        SubnetIds: estate.subnets.find(subnet => subnet.vpcId === vpc.id)!.id,
        ServiceNetworkArn: estate.serviceNetworks.find(
          ({ name }) => name === 'company',
        )!.arn,
        Owner: 'group:platform',
        ClientCidr1: '10.200.0.0/16',
      },
    });
    expect(made).toEqual({ status: 'SUCCEEDED', errors: [] });
    expect(outputs.EndpointId).toBeTruthy();
    const https = { protocol: 'tcp', fromPort: 443, toPort: 443 };
    expect(
      estate.securityGroups.get(outputs.EndpointSecurityGroupId)!.rules,
    ).toMatchObject([
      {
        direction: 'ingress',
        ...https,
        securityGroupId: outputs.ClientSecurityGroupId,
      },
      { direction: 'ingress', ...https, cidr: '10.200.0.0/16' },
      { direction: 'egress', protocol: '-1', cidr: '127.0.0.1/32' },
    ]);
    expect(
      estate.securityGroups.get(outputs.ClientSecurityGroupId)!.rules,
    ).toContainEqual(
      expect.objectContaining({
        direction: 'egress',
        ...https,
        securityGroupId: outputs.EndpointSecurityGroupId,
      }),
    );
    expect(
      await endProduct({ testSandbox, accountId, name: 'endpoint' }),
    ).toEqual({ status: 'SUCCEEDED', errors: [] });
    expect(estate.securityGroups.size).toBe(groups);
  });
});
