// @ts-check

/**
 * Several subscriptions may deliver to one log group or stream: lines are told apart by whose log they are of.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('log_sources', table => {
    table
      .integer('subscriptions')
      .notNullable()
      .defaultTo(1)
      .comment('How many deliver there');
  });
  await knex.schema.alterTable('log_seen_segments', table => {
    table
      .binary('logs')
      .comment(
        'Of each line 4 bytes that tell its log. Null: there is but one',
      );
  });
  await knex.schema.createTable('denied_request_logs_told', table => {
    table.comment('Which sources told of a denied request');
    table.string('request_id', 64).notNullable();
    table.integer('source_number').notNullable();
    table
      .string('log', 512)
      .notNullable()
      .defaultTo('')
      .comment(
        'Of those that are delivered to the source. Empty: the only one',
      );
    table.primary(['request_id', 'source_number', 'log']);
  });
  await knex.raw(
    `INSERT INTO denied_request_logs_told (request_id, source_number)
    SELECT request_id, source_number FROM denied_request_logs`,
  );
  await knex.schema.dropTable('denied_request_logs');
  await knex.schema.renameTable(
    'denied_request_logs_told',
    'denied_request_logs',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.createTable('denied_request_logs_before', table => {
    table.comment('Which sources told of a denied request');
    table.string('request_id', 64).notNullable();
    table.integer('source_number').notNullable();
    table.primary(['request_id', 'source_number']);
  });
  await knex.raw(
    `INSERT INTO denied_request_logs_before (request_id, source_number)
    SELECT DISTINCT request_id, source_number FROM denied_request_logs`,
  );
  await knex.schema.dropTable('denied_request_logs');
  await knex.schema.renameTable(
    'denied_request_logs_before',
    'denied_request_logs',
  );
  await knex.schema.alterTable('log_seen_segments', table => {
    table.dropColumn('logs');
  });
  await knex.schema.alterTable('log_sources', table => {
    table.dropColumn('subscriptions');
  });
};
