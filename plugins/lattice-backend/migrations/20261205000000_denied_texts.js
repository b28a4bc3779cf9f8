// @ts-check

const { hash } = require('node:crypto');

/** @type {Record<string, string[]>} */
const parts = {
  origin: ['caller_id', 'caller_account_id', 'source_vpc_id'],
  service: ['service_arn'],
  call: ['method', 'path_shape'],
};
const numbers = Object.keys(parts).map(part => `${part}_number`);
const tables = ['denied_causes', 'denied_causes_1h'];
const former = ['last_seen', 'cause_id'];
const index = 'denied_causes_by_time';
/** Causes that are read in one go: some megabytes. */
const ROWS = 5_000;

/**
 * Texts that words are sought in are kept once, with a number. Causes have the numbers, those of all causes
 * stand in the index by time: a search reads neither all texts of each cause nor whole rows.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('denied_texts', table => {
    table.bigInteger('number').primary();
    table.string('part').notNullable();
    table.text('text').notNullable();
  });
  for (const name of tables) {
    await knex.schema.alterTable(name, table => {
      for (const column of numbers) {
        table.bigInteger(column).notNullable().defaultTo(0);
      }
    });
  }
  await knex.schema.createTable('denied_numbers', table => {
    table.string('cause_id', 64).primary();
    for (const column of numbers) {
      table.bigInteger(column).notNullable();
    }
  });
  await numberCauses(knex);
  for (const name of tables) {
    const ofCause = `SELECT ${numbers} FROM denied_numbers WHERE denied_numbers.cause_id = ${name}.cause_id`;
    await knex.raw(`UPDATE ${name} SET (${numbers}) = (${ofCause})
      WHERE cause_id IN (SELECT cause_id FROM denied_numbers)`);
  }
  await knex.schema.dropTable('denied_numbers');
  await knex.schema.alterTable('denied_causes', table => {
    table.index([...former, ...numbers], index);
    table.dropIndex(former);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('denied_causes', table => {
    table.index(former);
    table.dropIndex([], index);
  });
  for (const name of tables) {
    await knex.schema.alterTable(name, table => {
      table.dropColumns(...numbers);
    });
  }
  await knex.schema.dropTable('denied_texts');
};

/**
 * @param {import('knex').Knex} knex
 */
async function numberCauses(knex) {
  for (let after = ''; ; ) {
    const causes = await knex('denied_causes')
      .where('cause_id', '>', after)
      .orderBy('cause_id')
      .limit(ROWS);
    if (causes.length === 0) {
      return;
    }
    after = causes[causes.length - 1].cause_id;
    const texts = new Map();
    const rows = causes.map(cause => {
      /** @type {Record<string, string | number>} */
      const row = { cause_id: cause.cause_id };
      for (const [part, columns] of Object.entries(parts)) {
        const text = columns.map(column => cause[column]).join(' ');
        const number = parseInt(
          hash('sha256', `${part} ${text}`).slice(0, 13),
          16,
        );
        texts.set(number, { number, part, text });
        row[`${part}_number`] = number;
      }
      return row;
    });
    await knex.batchInsert('denied_numbers', rows, 100);
    for (const some of piecesOf([...texts.values()], 100)) {
      await knex('denied_texts').insert(some).onConflict('number').ignore();
    }
  }
}

/**
 * @template T
 * @param {T[]} items
 * @param {number} size
 */
function piecesOf(items, size) {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  );
}
