// @ts-check

const former = ['start_time', 'id'];
const columns = [...former, 'service_arn', 'caller_account_id'];

/**
 * Who may see a denied request stands in the index by time: pages pass over those of others, and count
 * their own, without reading whole records.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('denied_requests', table => {
    table.index(columns, 'denied_requests_by_time');
    table.dropIndex(former);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('denied_requests', table => {
    table.index(former);
    table.dropIndex(columns, 'denied_requests_by_time');
  });
};
