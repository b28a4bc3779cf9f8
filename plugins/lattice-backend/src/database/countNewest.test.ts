import {
  createTestDatabases,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { countNewest } from './countNewest';

const databases = createTestDatabases();

describe.each(databaseIds)('counting the newest on %s', databaseId => {
  it('says how many there are, or at least are', async () => {
    const knex = await databases.init(databaseId);
    await knex.schema.createTable('calls', table => {
      table.bigInteger('time').index();
      table.boolean('isSought');
    });
    await knex('calls').insert(
      [1, 2, 3, 4, 4, 5].map(time => ({ time, isSought: time > 1 })),
    );
    const ask = (most: number, from = 0) =>
      countNewest({
        from,
        rows: since => knex('calls').where('time', '>=', since),
        time: 'time',
        narrow: rows => rows.where({ isSought: true }).count({ count: '*' }),
        most,
      });
    for (const [most, from, count, isAtLeast] of [
      [6, 0, 5, false],
      [5, 0, 5, true],
      // Of those that are alike, none or all.
      [2, 0, 1, true],
      [1, 5, 1, false],
      [1, 6, 0, false],
    ] as const) {
      expect([most, from, await ask(most, from)]).toEqual([
        most,
        from,
        { count, isAtLeast },
      ]);
    }
  });

  it('adds up nothing to none', async () => {
    const knex = await databases.init(databaseId);
    await knex.schema.createTable('none', table => {
      table.bigInteger('time');
    });
    await expect(
      countNewest({
        from: 0,
        rows: () => knex('none'),
        time: 'time',
        narrow: rows => rows.sum({ count: 'time' }),
        most: 1,
      }),
    ).resolves.toEqual({ count: 0, isAtLeast: false });
  });
});
