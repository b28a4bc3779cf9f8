// @ts-check

/**
 * Sources that are objects in buckets, progress and pauses, connections, who works, and what waits for
 * other stores.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('log_sources', table => {
    table.bigInteger('connections').notNullable().defaultTo(0);
    table.bigInteger('paused_at');
    table.string('paused_by').comment('Entity reference');
    table.text('progress').comment('Of a backlog, as JSON. Null: none');
  });
  // What could not be read until now is found again, under an id of its own for each subscription.
  await knex('log_sources').where({ status: 'unsupported' }).delete();

  await knex.schema.alterTable('log_unparsed_lines', table => {
    table.text('place').comment('Where it stood, such as an object');
  });

  await knex.schema.createTable('log_objects', table => {
    table.comment('How far the objects of a source have been read');
    table.integer('source_number').notNullable();
    table.string('object_key', 1024).notNullable();
    table.string('etag').notNullable();
    table.bigInteger('timestamp').notNullable().index();
    table.bigInteger('read_to').notNullable();
    table.boolean('is_complete').notNullable();
    table.primary(['source_number', 'object_key']);
  });

  await knex.schema.createTable('denied_request_logs', table => {
    table.comment('Which sources told of a denied request');
    table.string('request_id', 64).notNullable();
    table.integer('source_number').notNullable();
    table.primary(['request_id', 'source_number']);
  });

  await knex.schema.createTable('log_leases', table => {
    table.comment('Who takes in lines: one at a time');
    table.string('name').primary();
    table.bigInteger('token').notNullable().comment('Grows with each holder');
    table.bigInteger('expires_at').notNullable();
  });

  await knex.schema.createTable('log_outbox', table => {
    table.comment('New records that a record sink has not taken in yet');
    table.increments('position');
    table.string('batch_id').notNullable();
    table.string('sink_id').notNullable().index();
    table.binary('batch').notNullable().comment('JSON, packed by gzip');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'log_outbox',
    'log_leases',
    'denied_request_logs',
    'log_objects',
  ]) {
    await knex.schema.dropTable(table);
  }
  await knex.schema.alterTable('log_unparsed_lines', table => {
    table.dropColumn('place');
  });
  await knex.schema.alterTable('log_sources', table => {
    table.dropColumns('connections', 'paused_at', 'paused_by', 'progress');
  });
};
