// @ts-check

/**
 * What is still delivered to a log after its subscription ended is read, also after a restart.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('log_sources', table => {
    table
      .text('delivered_by', 'longtext')
      .comment(
        'The subscriptions that deliver there, or did, as JSON. Null: not known, or not to be read any more',
      );
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('log_sources', table => {
    table.dropColumn('delivered_by');
  });
};
