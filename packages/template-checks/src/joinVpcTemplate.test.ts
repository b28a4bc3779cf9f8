import { startPortal } from './__testUtils__/startPortal';

const sharedServices = '001122334455';
// An account whose VPC has joined nothing.
const legacy = '778899001122';

describe('the template join-vpc', () => {
  jest.setTimeout(60_000);
  let portal: Awaited<ReturnType<typeof startPortal>>;

  beforeAll(async () => {
    portal = await startPortal({
      templates: ['join-vpc'],
      accounts: [sharedServices, legacy],
    });
  });
  afterAll(() => portal?.stop());

  it('joins a VPC, as the portal then sees', async () => {
    const { estate } = portal.sandbox.sandbox;
    const network = estate.serviceNetworks.find(
      ({ name }) => name === 'company',
    )!;
    const vpc = estate.vpcs.find(({ accountId }) => accountId === legacy)!;
    const answers = {
      owner: 'group:default/platform',
      account: legacy,
      network: network.arn,
      way: 'association',
      vpc: vpc.id,
      prefixList: estate.prefixLists.find(
        ({ accountId, name }) =>
          accountId === legacy && name.endsWith('.vpc-lattice'),
      )!.id,
      clientCidrs: ['10.6.0.0/16', '10.7.0.0/16'],
    };
    const { status, log, output } = await portal.run(
      'lattice-join-vpc',
      answers,
    );
    expect({ status, log }).toEqual({
      status: 'completed',
      log: expect.any(String),
    });

    const { gaps, vpcAssociations } = await portal.readEstate(sharedServices);
    expect(gaps).toEqual([]);
    const association = vpcAssociations.find(({ vpcId }) => vpcId === vpc.id);
    expect(association).toMatchObject({
      serviceNetworkArn: network.arn,
      accountId: legacy,
      status: 'ACTIVE',
    });
    const entrance = estate.securityGroups.get(
      association!.securityGroupIds[0],
    )!;
    expect(
      entrance.rules.flatMap(({ direction, cidr }) =>
        direction === 'ingress' && cidr ? [cidr] : [],
      ),
    ).toEqual(answers.clientCidrs);
    const clients = entrance.rules.find(
      ({ securityGroupId }) => securityGroupId,
    )!;
    expect(output.text[0].content).toContain(clients.securityGroupId);
  });
});
