import { startPortal } from './__testUtils__/startPortal';

const sharedServices = '001122334455';
const commerce = '223344556677';
const legacy = '778899001122';

describe('the template service-network', () => {
  jest.setTimeout(60_000);
  let portal: Awaited<ReturnType<typeof startPortal>>;

  beforeAll(async () => {
    portal = await startPortal({
      templates: ['service-network'],
      accounts: [sharedServices, commerce],
    });
  });
  afterAll(() => portal?.stop());

  const answers = {
    name: 'second',
    description: 'For "trying"',
    owner: 'group:default/platform',
    account: sharedServices,
    region: 'us-east-1',
    organization: 'o-lattice01',
    vpcs: ['vpc-0123456789abcdef0'],
    shareWith: [commerce, legacy],
  };

  it('makes a network, as the portal then sees', async () => {
    const { status, log, output } = await portal.run(
      'lattice-service-network',
      answers,
    );
    expect({ status, log }).toEqual({
      status: 'completed',
      log: expect.any(String),
    });
    const { gaps, serviceNetworks, resourceShares } = await portal.readEstate(
      sharedServices,
    );
    expect(gaps).toEqual([]);
    const network = serviceNetworks.find(({ name }) => name === 'second')!;
    expect(network).toMatchObject({
      authType: 'AWS_IAM',
      tags: { owner: 'group:default/platform' },
      authPolicy: {
        status: 'read',
        document: expect.stringContaining('AllowOrganization'),
      },
    });
    expect(output.text[0].content).toContain(network.arn);
    expect(resourceShares).toContainEqual(
      expect.objectContaining({
        name: 'service-network-second',
        principals: [commerce, legacy],
      }),
    );
  });

  it('leaves nothing when the name is taken', async () => {
    const { estate } = portal.sandbox.sandbox;
    const buckets = estate.buckets.size;
    const { status, log } = await portal.run('lattice-service-network', {
      ...answers,
      name: 'company',
    });
    expect(status).toBe('failed');
    expect(log).toMatch(/Network .*company/);
    expect(estate.buckets.size).toBe(buckets);
  });
});
