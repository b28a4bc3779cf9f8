import { ConfigReader } from '@backstage/config';
import { readLatticeConfig } from './readLatticeConfig';

const account = { accountId: '001122334455', regions: ['us-east-1'] };

function read(lattice: any) {
  return readLatticeConfig(new ConfigReader({ lattice }));
}

describe('readLatticeConfig', () => {
  it('has defaults for all but the accounts', () => {
    expect(readLatticeConfig(new ConfigReader({}))).toMatchObject({
      accounts: [],
      roles: { reader: 'lattice-portal-reader' },
      schedule: { estate: { frequency: { minutes: 1 } } },
      accessLogs: {
        startHoursAgo: 26,
        lateDays: 14,
        retention: { deniedRequestDays: 30, edgeDays: 30 },
      },
    });
  });

  it('reads what is set', () => {
    expect(
      read({
        regions: ['eu-west-1', 'us-east-1'],
        accounts: [
          { ...account, name: 'shared', owner: 'group:default/platform' },
          { accountId: '223344556677' },
        ],
        roles: { reader: 'r', writer: 'w', provisioner: 'p' },
        schedule: {
          estate: { frequency: { seconds: 15 } },
          accessLogs: { frequency: 'PT5S', timeout: 'PT1M' },
        },
        accessLogs: {
          startHoursAgo: 1,
          lateDays: 3,
          retentionDays: 7,
          retention: { outcomeDays: 90 },
        },
      }),
    ).toEqual({
      accounts: [
        {
          accountId: '001122334455',
          name: 'shared',
          owner: 'group:default/platform',
          regions: ['us-east-1'],
        },
        {
          accountId: '223344556677',
          name: undefined,
          owner: undefined,
          regions: ['eu-west-1', 'us-east-1'],
        },
      ],
      roles: { reader: 'r', writer: 'w', provisioner: 'p' },
      schedule: {
        estate: expect.objectContaining({
          frequency: { seconds: 15 },
          timeout: { minutes: 10 },
        }),
        accessLogs: expect.objectContaining({
          frequency: { seconds: 5 },
          timeout: { minutes: 1 },
        }),
        accessRequests: expect.objectContaining({ frequency: { seconds: 15 } }),
        catalog: expect.objectContaining({ frequency: { seconds: 15 } }),
      },
      accessLogs: {
        startHoursAgo: 1,
        lateDays: 3,
        proxyLogGroups: [],
        retention: {
          deniedRequestDays: 7,
          outcomeDays: 90,
          edgeDays: 7,
          causeDays: 7,
          unparsedLineDays: 7,
          recordDays: 7,
        },
      },
    });
  });

  it.each([
    [
      { accounts: [{ ...account, accountId: 1122334455 }] },
      'lattice.accounts[0].accountId has to be a text of 12 digits: put it in quotes',
    ],
    [
      { accounts: [account, { accountId: '223344556677' }] },
      'lattice.accounts[1].regions is empty: set it, or lattice.regions for all accounts',
    ],
    [
      { accounts: [account, account] },
      'lattice.accounts has 001122334455 twice',
    ],
    [
      { accessLogs: { startHoursAgo: 0 } },
      'lattice.accessLogs.startHoursAgo has to be more than 0',
    ],
    [
      {
        accessLogs: {
          proxyLogGroups: [{ accountId: 445566778899, region: 'r', name: 'n' }],
        },
      },
      'lattice.accessLogs.proxyLogGroups.0.accountId has to be a text of 12 digits: put it in quotes',
    ],
    [
      { accessLogs: { retention: { edgeDays: 'a week' } } },
      'lattice.accessLogs.retention.edgeDays Invalid input: expected number, received NaN',
    ],
  ])('refuses %j', (lattice, message) => {
    expect(() => read(lattice)).toThrow(message);
  });
});
