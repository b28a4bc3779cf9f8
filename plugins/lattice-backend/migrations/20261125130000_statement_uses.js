// @ts-check

/**
 * Which recorded calls the statements of auth policies decided, by day.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('statement_uses', table => {
    table.comment('Calls that the statements of a document decided on a day');
    table.string('resource_arn').notNullable();
    table.string('digest', 64).notNullable().comment('Of the document');
    table.bigInteger('day').notNullable().index();
    table.bigInteger('computed_at').notNullable();
    table.boolean('is_final').notNullable();
    table.bigInteger('calls').notNullable();
    table.text('uses').notNullable().comment('By statement, JSON');
    table.text('gaps').notNullable().comment('JSON');
    table.primary(['resource_arn', 'digest', 'day']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('statement_uses');
};
