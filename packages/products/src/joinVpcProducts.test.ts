import type { TestSandbox } from '@lattice-portal/sandbox';
import {
  callAs,
  endProduct,
  launchProduct,
} from './__testUtils__/productLaunches';
import { startProductSandbox } from './__testUtils__/repositoryTemplates';

// An account whose VPC has joined nothing.
const accountId = '778899001122';
const roleArn = `arn:aws:iam::${accountId}:role/ledger`;

describe('the products of join-vpc', () => {
  let testSandbox: TestSandbox;
  let vpcId: string;
  let networkArn: string;
  let prefixListId: string;

  beforeEach(async () => {
    testSandbox = await startProductSandbox();
    const { estate } = testSandbox.sandbox;
    vpcId = estate.vpcs.find(({ tags }) => tags.Name === 'legacy')!.id;
    networkArn = estate.serviceNetworks.find(
      ({ name }) => name === 'company',
    )!.arn;
    prefixListId = estate.prefixLists.find(
      list =>
        list.accountId === accountId && list.name.endsWith('.vpc-lattice'),
    )!.id;
    const caller = estate.roles.find(({ name }) => name === 'public-proxy')!;
    estate.roles.put(roleArn, {
      ...caller,
      accountId,
      arn: roleArn,
      name: 'ledger',
      trustPolicy: JSON.parse(
        JSON.stringify(caller.trustPolicy).replaceAll(
          caller.accountId,
          accountId,
        ),
      ),
    });
  });

  afterEach(() => testSandbox.stop());

  const join = (parameters: Record<string, string> = {}) =>
    launchProduct({
      testSandbox,
      accountId,
      product: 'lattice-vpc-association',
      name: `${vpcId}-association`,
      parameters: {
        VpcId: vpcId,
        ServiceNetworkArn: networkArn,
        Owner: 'group:platform',
        LatticePrefixListId: prefixListId,
        ...parameters,
      },
    });

  /** The service `status` lets everybody in whom the network lets through. */
  const call = () => {
    const service = testSandbox.sandbox.estate.services.find(
      ({ name }) => name === 'status',
    )!;
    return callAs({
      testSandbox,
      roleArn,
      vpcId,
      host: service.dnsEntry.domainName,
      path: '/',
    });
  };

  it('joins a VPC, with rules for its clients, and parts with it again', async () => {
    const { estate } = testSandbox.sandbox;
    const groups = estate.securityGroups.size;
    const [client] = estate.securityGroups.filter(
      group => group.vpcId === vpcId,
    );
    // Nothing in the VPC answers to the name.
    await expect(call()).rejects.toThrow('socket hang up');

    const { outputs, ...joined } = await join({
      ClientSecurityGroupId1: client.id,
      ClientCidr1: '10.6.0.0/16',
    });
    expect(joined).toEqual({ status: 'SUCCEEDED', errors: [] });
    expect(estate.vpcAssociations.get(outputs.AssociationArn)).toMatchObject({
      vpcId,
      serviceNetworkArn: networkArn,
      securityGroupIds: [outputs.AssociationSecurityGroupId],
    });
    const rulesOf = (id: string) => estate.securityGroups.get(id)!.rules;
    const https = { protocol: 'tcp', fromPort: 443, toPort: 443 };
    expect(rulesOf(outputs.AssociationSecurityGroupId)).toMatchObject([
      {
        direction: 'ingress',
        ...https,
        securityGroupId: outputs.ClientSecurityGroupId,
      },
      { direction: 'ingress', ...https, securityGroupId: client.id },
      { direction: 'ingress', ...https, cidr: '10.6.0.0/16' },
      { direction: 'egress', protocol: '-1', cidr: '127.0.0.1/32' },
    ]);
    expect(rulesOf(outputs.ClientSecurityGroupId)).toMatchObject([
      { direction: 'egress', ...https, prefixListId },
    ]);
    expect(rulesOf(client.id)).toContainEqual(
      expect.objectContaining({ direction: 'egress', ...https, prefixListId }),
    );

    // The VPC is in, and the network's own policy does not list it.
    expect(await call()).toMatchObject({ status: 403 });
    const policy: any = estate.authPolicies.get(networkArn)!;
    estate.authPolicies.put(networkArn, {
      ...policy,
      policy: policy.policy.replace('["vpc-', `["${vpcId}","vpc-`),
    });
    expect(await call()).toMatchObject({ status: 200 });

    expect(
      await endProduct({
        testSandbox,
        accountId,
        name: `${vpcId}-association`,
      }),
    ).toEqual({ status: 'SUCCEEDED', errors: [] });
    expect(estate.securityGroups.size).toBe(groups);
    expect(rulesOf(client.id)).toEqual(client.rules);
    await expect(call()).rejects.toThrow('socket hang up');
  });

  it('says why a VPC can not join twice, and leaves nothing of the second try', async () => {
    const { estate } = testSandbox.sandbox;
    await join();
    const groups = estate.securityGroups.size;
    const second = await launchProduct({
      testSandbox,
      accountId,
      product: 'lattice-vpc-association',
      name: 'second',
      parameters: {
        VpcId: vpcId,
        ServiceNetworkArn: networkArn,
        Owner: 'group:platform',
        LatticePrefixListId: prefixListId,
      },
    });
    expect(second).toMatchObject({
      status: 'FAILED',
      errors: [
        expect.stringMatching(
          /^Association \(AWS::VpcLattice::ServiceNetworkVpcAssociation\): .*already associated/,
        ),
      ],
    });
    expect(estate.securityGroups.size).toBe(groups);
    expect(
      estate.vpcAssociations.filter(each => each.vpcId === vpcId),
    ).toHaveLength(1);
  });
});
