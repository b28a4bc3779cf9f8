// @ts-check

/**
 * Lines are known by their own id too: one that is merely read again is no redelivery.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('log_seen_lines', table => {
    table.comment('Which call came from which source, in which lines');
    table.string('call_key', 64).notNullable();
    table.integer('source_number').notNullable();
    table.string('line_id', 64).notNullable().comment('Hash of the id');
    table.bigInteger('timestamp').notNullable().index();
    table.primary(['call_key', 'source_number', 'line_id']);
  });
  await knex('log_seen_lines').insert(
    knex('log_seen_calls').select(
      'call_key',
      'source_number',
      // Not known any more: such a line counts as a duplicate if it is read again.
      knex.raw("''"),
      'timestamp',
    ),
  );
  await knex.schema.dropTable('log_seen_calls');
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.createTable('log_seen_calls', table => {
    table.comment('Which call came from which source: tells duplicates');
    table.string('call_key', 64).notNullable();
    table.integer('source_number').notNullable();
    table.bigInteger('timestamp').notNullable().index();
    table.primary(['call_key', 'source_number']);
  });
  await knex('log_seen_calls').insert(
    knex('log_seen_lines')
      .select('call_key', 'source_number')
      .max('timestamp')
      .groupBy('call_key', 'source_number'),
  );
  await knex.schema.dropTable('log_seen_lines');
};
