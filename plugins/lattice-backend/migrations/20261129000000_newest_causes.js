// @ts-check

/**
 * Causes are read newest first, page by page: a walk by when they were last seen, that looks for each hour
 * of a cause whether there is a newer one.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('denied_causes_1h', table => {
    table.index(['last_seen', 'cause_id']);
    table.index(['cause_id', 'bucket']);
    table.dropIndex(['cause_id']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('denied_causes_1h', table => {
    table.index(['cause_id']);
    table.dropIndex(['cause_id', 'bucket']);
    table.dropIndex(['last_seen', 'cause_id']);
  });
};
