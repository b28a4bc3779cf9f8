// @ts-check

/**
 * What waits for record sinks goes in parcels, and hours without calls are told to them.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // No sink came with the portal until now.
  await knex('log_outbox').delete();
  await knex.schema.alterTable('log_outbox', table => {
    table.dropColumn('batch_id');
    table.integer('records').notNullable();
    table.bigInteger('added_at').notNullable();
    table
      .string('parcel')
      .comment('What is handed over in one go. Null: not handed over yet');
  });

  await knex.schema.createTable('log_record_sinks', table => {
    table.string('id').primary();
    table
      .bigInteger('hours_read_until')
      .notNullable()
      .comment('Earlier hours are told, or will never be');
    table.text('error_message');
    table.bigInteger('error_at');
  });

  await knex.schema.alterTable('log_sources', table => {
    table
      .bigInteger('read_from')
      .comment('Everything delivered from then on is read. Null: not read yet');
  });
  // Since when is not known any more: what comes from now on is.
  await knex('log_sources').update({ read_from: knex.ref('read_until') });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('log_sources', table => {
    table.dropColumn('read_from');
  });
  await knex.schema.dropTable('log_record_sinks');
  await knex('log_outbox').delete();
  await knex.schema.alterTable('log_outbox', table => {
    table.dropColumns('records', 'added_at', 'parcel');
    table.string('batch_id').notNullable();
  });
};
