import { accounts, region, startEstate } from '../__testUtils__/startEstate';
import { DefaultProvisioningReader } from './DefaultProvisioningReader';
import { whyNotProvision } from './whyNotProvision';

jest.setTimeout(60_000);

describe('DefaultProvisioningReader', () => {
  let estate: Awaited<ReturnType<typeof startEstate>>;
  let reader: DefaultProvisioningReader;

  beforeAll(async () => {
    estate = await startEstate({});
    reader = DefaultProvisioningReader.create(estate);
  });
  afterAll(() => estate?.stop());

  it('reads the networks shared with an account', async () => {
    expect(
      await reader.networks({ accountId: accounts.commerce, region }),
    ).toMatchObject([{ name: 'company', accountId: accounts.shared, region }]);
  });

  it('reads VPCs with what they are associated with', async () => {
    const vpcs = await reader.vpcs({ accountId: accounts.analytics, region });
    expect(
      vpcs.map(({ name, association }) => [name, association.status]).sort(),
    ).toEqual([
      ['analytics', 'associated'],
      ['analytics-batch', 'associated'],
    ]);
  });

  it('reads the prefix lists of VPC Lattice, and no other', async () => {
    const lists = await reader.prefixLists({
      accountId: accounts.edge,
      region,
    });
    expect(lists.map(({ name }) => name)).toContain(
      `com.amazonaws.${region}.vpc-lattice`,
    );
    expect(lists.every(({ name }) => name.endsWith('.vpc-lattice'))).toBe(true);
    expect(lists.every(({ id }) => id.startsWith('pl-'))).toBe(true);
  });

  it('throws what stands against it', async () => {
    await expect(
      reader.vpcs({ accountId: '999999999999', region }),
    ).rejects.toThrow('AWS account 999999999999 is not in the configuration');
  });
});

describe('whyNotProvision', () => {
  const known = [
    { accountId: '1', name: 'commerce', owner: 'commerce', regions: [] },
    { accountId: '2', regions: [] },
  ];

  it.each([
    [['group:default/commerce'], '1', undefined],
    [['Group:Default/Commerce'], '1', undefined],
    [['group:default/platform'], '1', undefined],
    [['group:default/platform'], '2', undefined],
    [
      ['group:default/edge', 'user:default/ada'],
      '1',
      'Only members of group:default/commerce can create something in account commerce (1)',
    ],
    [
      [],
      '2',
      'Only members of group:platform can create something in account 2',
    ],
    [['group:default/platform'], '3', "Account 3 is not one of the portal's"],
  ])('of %j in %s', (claims, accountId, expected) => {
    expect(
      whyNotProvision({
        claims,
        accountId,
        accounts: known,
        platformGroups: ['group:platform'],
      }),
    ).toBe(expected);
  });
});
