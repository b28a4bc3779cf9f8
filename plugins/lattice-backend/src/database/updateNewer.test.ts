import {
  createTestDatabases,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { updateNewer } from './updateNewer';

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databaseIds)('updateNewer on %s', databaseId => {
  it('changes what is there and older, and nothing else', async () => {
    const knex = await databases.init(databaseId);
    await knex.schema.createTable('words', table => {
      table.increments('number');
      table.text('word').notNullable();
      table.bigInteger('time').notNullable();
      table.text('other').notNullable();
    });
    const all = Array.from({ length: 7_000 }, (_, index) => ({
      word: 'before',
      time: index,
      other: 'stays',
    }));
    await knex.batchInsert('words', all, 500);
    const numbers = await knex('words').orderBy('time').pluck('number');
    const given = numbers.flatMap((number, index) =>
      index % 2 === 0
        ? // Of these, one in three is newer than what is there.
          [
            {
              number,
              word: `"\\ ? \ud800${index}`,
              time: index + (index % 3) - 1,
            },
          ]
        : [],
    );
    await updateNewer(knex, {
      table: 'words',
      rows: [...given, { number: 1_000_000, word: 'not there', time: 1e12 }],
      key: 'number',
      columns: ['word', 'time'],
      time: 'time',
    });
    const kept = await knex('words').orderBy('number');
    expect(
      kept.map(row => [row.number, row.word, Number(row.time), row.other]),
    ).toEqual(
      numbers.map((number, index) =>
        index % 2 === 0 && index % 3 === 2
          ? [number, `"\\ ? \ufffd${index}`, index + 1, 'stays']
          : [number, 'before', index, 'stays'],
      ),
    );
  });
});
