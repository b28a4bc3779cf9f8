import { createStore } from '../__testUtils__/createStore';
import {
  createTestDatabases,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { migrate } from '../database/openDatabase';
import { readSourceGaps } from './readSourceGaps';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const day = 24 * 60 * 60 * 1000;

describe.each(databaseIds)('readSourceGaps on %s', databaseId => {
  it('tells of logs that came later, and of those not read yet', async () => {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    const store = createStore(knex);
    const lease = (await store.takeLease())!;
    const now = Date.now();
    for (const [id, days] of [
      ['old', 20],
      ['of a new account', 1],
      ['just found', undefined],
    ] as const) {
      const source = await store.ensureSource({
        id,
        accountId: '001122334455',
        region: 'us-east-1',
        status: 'waiting',
      });
      if (days !== undefined) {
        await store.store({
          lease,
          source,
          columns: [],
          watches: [],
          readFrom: now - days * day,
          readUntil: now,
        });
      }
    }
    const gapsOf = (from: number, to: number) =>
      readSourceGaps(knex, { from: now - from * day, to: now - to * day });
    const notYet = { kind: 'source', source: 'just found' };
    expect(await gapsOf(10, 9)).toMatchObject([
      notYet,
      {
        kind: 'source',
        source: 'of a new account',
        to: new Date(now - day).toISOString(),
      },
    ]);
    expect(await gapsOf(0.5, 0)).toMatchObject([notYet]);
    expect(await gapsOf(30, 29)).toMatchObject([
      notYet,
      { source: 'of a new account', to: new Date(now - day).toISOString() },
      { source: 'old', to: new Date(now - 20 * day).toISOString() },
    ]);
  });
});
