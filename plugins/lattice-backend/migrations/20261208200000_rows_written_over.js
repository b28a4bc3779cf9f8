// @ts-check

/** Tables whose rows are written over with nearly every transaction that takes lines in. */
const tables = ['newest_calls', 'edges_1d', 'edges_1h', 'outcomes_5m'];

/** Percent of a page: all its rows have room to be written anew in it, and what they were before goes. */
const FILLED = 40;

/**
 * PostgreSQL writes a changed row beside the old one. In pages without room it goes to the end of the table,
 * which so grows by all that is ever written between two vacuums, and takes as long to read.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await alter(knex, `SET (fillfactor = ${FILLED})`);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await alter(knex, 'RESET (fillfactor)');
};

/**
 * @param {import('knex').Knex} knex
 * @param {string} change
 */
async function alter(knex, change) {
  if (knex.client.config.client !== 'pg') {
    return;
  }
  for (const table of tables) {
    await knex.raw(`ALTER TABLE ${table} ${change}`);
  }
}
