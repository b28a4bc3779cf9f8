// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('log_sources', table => {
    table
      .bigInteger('ended_at')
      .comment('When its last subscription was found gone. Null: it is there');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('log_sources', table => {
    table.dropColumn('ended_at');
  });
};
