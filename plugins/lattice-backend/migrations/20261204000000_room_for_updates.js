// @ts-check

/** Rows that are added up again and again, for as long as their hour or day goes on. */
const tables = ['edges', 'edges_1h', 'edges_1d', 'outcomes_5m'];

/**
 * PostgreSQL leaves room for changed rows beside the former ones. Elsewhere they would need new entries in
 * all indexes, of which that of edges has long texts.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  if (knex.client.config.client === 'pg') {
    for (const table of tables) {
      await knex.raw('ALTER TABLE ?? SET (fillfactor = 60)', [table]);
    }
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  if (knex.client.config.client === 'pg') {
    for (const table of tables) {
      await knex.raw('ALTER TABLE ?? RESET (fillfactor)', [table]);
    }
  }
};
