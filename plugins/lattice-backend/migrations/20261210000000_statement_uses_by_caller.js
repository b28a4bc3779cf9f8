// @ts-check

/**
 * The use of statements can be asked by who called what over which network. Days that were computed before
 * don't tell: they are computed anew.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex('statement_uses').delete();
  await knex.schema.alterTable('statement_uses', table => {
    table
      .binary('use_groups')
      .notNullable()
      .comment('By caller, service and network: compressed JSON');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('statement_uses', table => {
    table.dropColumn('use_groups');
  });
};
