// @ts-check

const columns = [
  'cause_id',
  'caller_id',
  'caller_kind',
  'caller_account_id',
  'service_arn',
  'method',
  'path_shape',
  'source_vpc_id',
  'outcome',
  'last_seen',
  'example_id',
];

/**
 * Causes are kept once, with their newest denied request, beside the hours of each: windows that end now
 * are read from there, without a look at all hours.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('denied_causes', table => {
    table.string('cause_id', 64).primary();
    table.string('caller_id').notNullable();
    table.string('caller_kind').notNullable();
    table.string('caller_account_id').notNullable();
    table.string('service_arn').notNullable().index();
    table.string('method').notNullable();
    table.text('path_shape').notNullable();
    table.string('source_vpc_id').notNullable();
    table.string('outcome').notNullable();
    table.bigInteger('last_seen').notNullable();
    table.string('example_id', 64).notNullable();
    table.index(['last_seen', 'cause_id']);
  });
  await knex(knex.raw('?? (??)', ['denied_causes', columns])).insert(
    knex({ newest: 'denied_causes_1h' })
      .where(
        'bucket',
        knex({ newer: 'denied_causes_1h' })
          .where('newer.cause_id', knex.ref('newest.cause_id'))
          .max('newer.bucket'),
      )
      .select(columns),
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('denied_causes');
};
