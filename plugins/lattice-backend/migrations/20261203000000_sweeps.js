// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('log_sources', table => {
    table
      .text('sweep')
      .comment('The last search for late objects, as JSON. Null: none yet');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('log_sources', table => {
    table.dropColumn('sweep');
  });
};
