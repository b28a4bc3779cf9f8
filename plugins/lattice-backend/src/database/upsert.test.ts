import {
  createTestDatabases,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { mergeOf } from './sql';
import { upsert } from './upsert';

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databaseIds)('upsert on %s', databaseId => {
  async function setUp() {
    const knex = await databases.init(databaseId);
    await knex.schema.createTable('words', table => {
      table.increments('number');
      table.text('word').notNullable().unique();
      table.bigInteger('count').notNullable();
      table.text('note');
    });
    return knex;
  }

  it('keeps texts and numbers as they are', async () => {
    const knex = await setUp();
    const rows = [
      { word: `"'\\ \n\t$.count ?? ? :x`, count: Number.MAX_SAFE_INTEGER },
      { word: '\\u0000 and \\ud800 as text', count: -1 },
      { word: '😀 é \u2028', count: 0, note: '{"a":[1]}' },
    ];
    await upsert(knex, {
      table: 'words',
      rows: rows.map(row => ({ note: undefined, ...row })),
      key: ['word'],
    });
    const kept = await knex('words').orderBy('number');
    expect(
      kept.map(({ word, count, note }) => ({
        word,
        count: Number(count),
        ...(note !== null && { note }),
      })),
    ).toEqual(rows);
  });

  it('keeps texts that are empty, absent or full of control characters', async () => {
    const knex = await setUp();
    const rows = [
      { word: '' },
      { word: 'a\u001f', note: '\u001e' },
      { word: '\u001f\u001eb', note: '' },
      { word: '\u001f\u001f\u001e', note: '\u001e\u001f\u001f' },
      { word: '\u001f\u001f', note: null },
      { word: 'c' },
    ].map((row, count) => ({ note: null, ...row, count }));
    for (const some of [rows.slice(0, 1), rows.slice(1, 2), rows.slice(2)]) {
      await upsert(knex, { table: 'words', rows: some, key: ['word'] });
    }
    const kept = await knex('words').orderBy('count');
    expect(
      kept.map(({ word, count, note }) => ({ note, word, count: +count })),
    ).toEqual(rows);
  });

  it('replaces half of a character', async () => {
    const knex = await setUp();
    const rows = [{ word: 'a\ud800b', count: 1 }];
    await upsert(knex, { table: 'words', rows, key: ['word'] });
    await expect(knex('words').pluck('word')).resolves.toEqual(['a\ufffdb']);
  });

  it('adds to rows that are there, in several statements, and returns them', async () => {
    const knex = await setUp();
    const rows = Array.from({ length: 12_000 }, (_, index) => ({
      word: `word ${index}`,
      count: 1,
    }));
    const options = {
      table: 'words',
      rows,
      key: ['word'],
      merge: mergeOf(knex, 'words').sum(['count']),
      returning: ['number', 'word'],
    };
    const first = await upsert(knex, options);
    const second = await upsert(knex, options);
    expect(first).toHaveLength(rows.length);
    expect(second.map(({ word }) => word).sort()).toEqual(
      rows.map(({ word }) => word).sort(),
    );
    const [{ sum }] = await knex('words').sum({ sum: 'count' });
    expect(Number(sum)).toBe(2 * rows.length);
    // Without merge, what is there stays.
    await expect(
      upsert(knex, { ...options, merge: undefined }),
    ).resolves.toEqual([]);
    await expect(
      knex('words').where({ count: 2 }).pluck('word'),
    ).resolves.toHaveLength(rows.length);
  });

  it('writes the columns that are asked for', async () => {
    const knex = await setUp();
    const rows = ['a', 'b\ud800'].map(word => ({
      word,
      count: 1,
      note: 'not asked for',
      other: 'not a column',
    }));
    const columns = ['word', 'count'];
    await upsert(knex, { table: 'words', rows, columns, key: ['word'] });
    await expect(knex('words').orderBy('number')).resolves.toMatchObject([
      { word: 'a', note: null },
      { word: 'b\ufffd', note: null },
    ]);
  });
});
