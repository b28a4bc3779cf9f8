import { mockServices } from '@backstage/backend-test-utils';
import type { AccountEstate } from '@lattice-portal/plugin-lattice-common';
import {
  createTestDatabases,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { estateOf } from '../__testUtils__/estateOf';
import { DatabaseEstateStore } from '../database/DatabaseEstateStore';
import { DatabasePolicyVersionStore } from '../database/DatabasePolicyVersionStore';
import { migrate } from '../database/openDatabase';
import { DefaultEstateService } from './DefaultEstateService';
import { PolicyRecorder } from './PolicyRecorder';

const minute = 60_000;
const start = Date.parse('2026-11-22T10:00:00Z');
const place = { accountId: '223344556677', region: 'us-east-1' };
const service = {
  ...place,
  arn: 'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-1',
  id: 'svc-1',
  name: 'orders',
  authType: 'AWS_IAM',
  authPolicy: { status: 'read' },
  listeners: [],
};
const whole = estateOf({ services: [service] });

const databases = createTestDatabases();

describe.each(databaseIds)('DefaultEstateService on %s', databaseId => {
  it('keeps the last good list and the last good copy, and says so', async () => {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    let now = start;
    const read = jest.fn();
    const versions = DatabasePolicyVersionStore.create({ knex });
    const logger = mockServices.logger.mock();
    const estate = DefaultEstateService.create({
      accounts: [
        {
          accountId: place.accountId,
          name: 'commerce',
          regions: ['us-east-1'],
        },
      ],
      reader: { read },
      store: DatabaseEstateStore.create({ knex }),
      policies: PolicyRecorder.create({
        store: versions,
        history: { read: async () => [] },
        logger,
      }),
      logger,
      staleAfter: 5 * minute,
      now: () => now,
    });
    const seen = async (outcome: AccountEstate | Error) => {
      now += minute;
      read.mockImplementationOnce(async () => {
        if (outcome instanceof Error) {
          throw outcome;
        }
        return outcome;
      });
      await estate.refreshAll();
      const { services, snapshots } = await estate.current();
      const { status, readAt, error } = snapshots[0];
      const names = [...services.values()].map(({ name }) => name);
      return { names, status, readAt, error: error?.message };
    };
    const gap = { part: 'services', reason: 'AccessDenied' };
    const without = { ...whole, services: [], gaps: [gap] };

    expect(await seen(without)).toMatchObject({ names: [], status: 'fresh' });
    const good = {
      names: ['orders'],
      status: 'fresh',
      readAt: '2026-11-22T10:02:00.000Z',
      error: undefined,
    };
    expect(await seen(whole)).toEqual(good);
    const kept = { ...good, status: 'stale', error: 'services: AccessDenied' };
    expect(await seen(without)).toEqual(kept);
    // Still as of the last read of the list, however often it fails.
    expect(await seen(without)).toEqual(kept);
    expect(await seen(new Error('no role'))).toEqual({
      ...kept,
      error: 'Error: no role',
    });
    // Nothing was concluded about policies from what could not be read.
    expect(await versions.list({ resourceArn: service.arn })).toHaveLength(1);
    // A list that was read and is empty is empty.
    expect(await seen({ ...whole, services: [] })).toMatchObject({
      names: [],
      status: 'fresh',
      error: undefined,
    });
  });
});
