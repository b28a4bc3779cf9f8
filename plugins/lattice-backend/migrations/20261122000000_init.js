// @ts-check

/**
 * Times are milliseconds since the epoch unless a column says otherwise; absent parts of a key are
 * empty text, as keys can't hold nulls.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('estate_snapshots', table => {
    table.string('account_id').notNullable();
    table.string('region').notNullable();
    table.bigInteger('read_at').comment('Of the last good read');
    table.text('estate', 'longtext').comment('AccountEstate as JSON');
    table.text('error_message');
    table.bigInteger('error_at');
    table.primary(['account_id', 'region']);
  });

  await knex.schema.createTable('policy_versions', table => {
    table.string('resource_arn').notNullable();
    table.bigInteger('valid_from').notNullable();
    table.bigInteger('valid_to').comment('Null: in force');
    table.text('document').comment('Null: there was no policy');
    table.string('auth_type').comment('Null: not known');
    table.string('source').notNullable();
    table.string('changed_by');
    table.primary(['resource_arn', 'valid_from']);
  });

  await knex.schema.createTable('policy_history', table => {
    table.comment('How far the history of policies has been read');
    table.string('account_id').notNullable();
    table.string('region').notNullable();
    table.bigInteger('since').notNullable();
    table.bigInteger('read_until').notNullable();
    table.primary(['account_id', 'region']);
  });

  await knex.schema.createTable('log_sources', table => {
    table.increments('number');
    table.string('id').notNullable().unique();
    table.string('account_id').notNullable();
    table.string('region').notNullable();
    table.string('status').notNullable();
    table.text('cursor').comment('The source’s own affair');
    table.bigInteger('read_until');
    table.text('error_message');
    table.bigInteger('error_at');
    table.bigInteger('stored').notNullable().defaultTo(0);
    table.bigInteger('duplicates').notNullable().defaultTo(0);
    table.bigInteger('twins').notNullable().defaultTo(0);
    table.bigInteger('unparsed').notNullable().defaultTo(0);
  });

  await knex.schema.createTable('log_seen_calls', table => {
    table.comment('Which call came from which source: tells duplicates');
    table.string('call_key', 64).notNullable();
    table.integer('source_number').notNullable();
    table.bigInteger('timestamp').notNullable().index();
    table.primary(['call_key', 'source_number']);
  });

  await knex.schema.createTable('log_unparsed_lines', table => {
    table.string('id', 64).primary();
    table.integer('source_number').notNullable();
    table.bigInteger('timestamp').notNullable().index();
    table.text('reason').notNullable();
    table.text('text', 'longtext').notNullable();
  });

  await knex.schema.createTable('outcomes_5m', table => {
    table.string('service_arn').notNullable();
    table.bigInteger('bucket').notNullable().index().comment('Its start');
    table.string('outcome').notNullable();
    table.bigInteger('count').notNullable();
    table.primary(['service_arn', 'bucket', 'outcome']);
  });

  await knex.schema.createTable('edges_1h', table => {
    table.bigInteger('bucket').notNullable().comment('Its start');
    table.string('service_arn').notNullable();
    table.string('caller_id').notNullable();
    table.string('source_vpc_id').notNullable();
    table.string('outcome').notNullable();
    table.string('caller_kind').notNullable();
    table.bigInteger('count').notNullable();
    table.bigInteger('first_seen').notNullable();
    table.bigInteger('last_seen').notNullable();
    for (let index = 0; index < 12; index++) {
      table.bigInteger(`duration_${index}`).notNullable();
    }
    table.primary([
      'bucket',
      'service_arn',
      'caller_id',
      'source_vpc_id',
      'outcome',
    ]);
    table.index(['service_arn', 'caller_id', 'outcome']);
  });

  await knex.schema.createTable('denied_causes_1h', table => {
    table.bigInteger('bucket').notNullable().comment('Its start');
    table.string('cause_id', 64).notNullable();
    table.string('service_arn').notNullable();
    table.string('caller_id').notNullable();
    table.string('caller_kind').notNullable();
    table.string('caller_account_id').notNullable();
    table.string('source_vpc_id').notNullable();
    table.string('outcome').notNullable();
    table.string('method').notNullable();
    table.text('path_shape').notNullable();
    table.bigInteger('count').notNullable();
    table.bigInteger('first_seen').notNullable();
    table.bigInteger('last_seen').notNullable();
    table.string('example_id', 64).notNullable();
    table.primary(['bucket', 'cause_id']);
    table.index(['cause_id']);
  });

  await knex.schema.createTable('denied_requests', table => {
    table.string('id', 64).primary();
    table.bigInteger('start_time').notNullable();
    table.string('cause_id', 64).notNullable();
    table.string('service_arn').notNullable();
    table.string('caller_id').notNullable();
    table.string('caller_kind').notNullable();
    table.string('caller_account_id').notNullable();
    table.string('source_vpc_id').notNullable();
    table.string('outcome').notNullable();
    table.string('method').notNullable();
    table.text('path_shape').notNullable();
    table.text('record', 'longtext').notNullable().comment('As JSON');
    table.index(['start_time', 'id']);
    table.index(['service_arn', 'start_time']);
    table.index(['cause_id', 'start_time']);
  });

  await knex.schema.createTable('access_requests', table => {
    table.string('id').primary();
    table.integer('version').notNullable().comment('Grows with every change');
    table.string('status').notNullable().index();
    table.bigInteger('created_at').notNullable().index();
    table.text('body', 'longtext').notNullable().comment('As JSON');
  });

  await knex.schema.createTable('access_request_parties', table => {
    table
      .string('request_id')
      .notNullable()
      .references('id')
      .inTable('access_requests')
      .onDelete('CASCADE');
    table.string('part').notNullable().comment('asker or approver');
    table.string('entity_ref').notNullable();
    table.primary(['request_id', 'part', 'entity_ref']);
    table.index(['entity_ref', 'part']);
  });

  await knex.schema.createTable('access_request_evidence', table => {
    table.comment('Calls recorded since a request was applied');
    table.string('request_id').notNullable();
    table.string('kind').notNullable().comment('passed or denied');
    table.bigInteger('count').notNullable();
    table.bigInteger('first_seen').notNullable();
    table.bigInteger('last_seen').notNullable();
    table.text('example').notNullable();
    table.primary(['request_id', 'kind']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'access_request_evidence',
    'access_request_parties',
    'access_requests',
    'denied_requests',
    'denied_causes_1h',
    'edges_1h',
    'outcomes_5m',
    'log_unparsed_lines',
    'log_seen_calls',
    'log_sources',
    'policy_history',
    'policy_versions',
    'estate_snapshots',
  ]) {
    await knex.schema.dropTable(table);
  }
};
