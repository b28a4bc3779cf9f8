// @ts-check

const TABLE = 'denied_requests';

/**
 * Which log told of a denied request first stands with it: hardly any is told of by a second.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable(TABLE, table => {
    table
      .integer('source_number')
      .comment(
        'Of the source that told of it first. Null: see denied_request_logs',
      );
    table
      .string('log', 512)
      .notNullable()
      .defaultTo('')
      .comment(
        'Of those that are delivered to the source. Empty: the only one',
      );
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw(
    `INSERT INTO denied_request_logs (request_id, source_number, log)
    SELECT id, source_number, log FROM ${TABLE} WHERE source_number IS NOT NULL
    ON CONFLICT DO NOTHING`,
  );
  await knex.schema.alterTable(TABLE, table => {
    table.dropColumn('source_number');
    table.dropColumn('log');
  });
};
