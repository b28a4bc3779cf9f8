import {
  createTestDatabases,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { isAmong } from './isAmong';

const databases = createTestDatabases();

describe.each(databaseIds)('isAmong on %s', databaseId => {
  it('takes more values than a statement has variables, whatever is in them', async () => {
    const knex = await databases.init(databaseId);
    await knex.schema.createTable('things', table => {
      table.bigInteger('number');
      table.string('text');
    });
    const odd = ['{a,b}', '"', "'", '\\', 'null', 'NULL', '', ','];
    await knex('things').insert(
      [...odd, 'other'].map((text, number) => ({ text, number })),
    );
    const many = Array.from({ length: 100_000 }, (_, at) => at);
    const found = async (
      column: string,
      values: readonly number[] | readonly string[],
    ) =>
      (
        await knex('things')
          .where(isAmong(knex, column, values))
          .orderBy('number')
          .pluck('number')
      ).map(Number);
    const texts = [...odd, ...many.map(at => `text ${at}`)];
    expect(await found('text', texts)).toEqual(odd.map((_, at) => at));
    expect(await found('number', many.slice(1))).toEqual(
      [...odd, 'other'].map((_, at) => at).slice(1),
    );
    expect(await found('text', [])).toEqual([]);
    expect(await found('number', [])).toEqual([]);
  });
});
