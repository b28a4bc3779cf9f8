// @ts-check

const KEY = ['service_arn', 'caller_id', 'source_vpc_id', 'outcome'];

/**
 * When each caller called last is kept by itself: the map asks for it whatever its window is, and had to
 * read all hours for it.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('newest_calls', table => {
    table.string('service_arn').notNullable();
    table.string('caller_id').notNullable();
    table.string('source_vpc_id').notNullable();
    table.string('outcome').notNullable();
    table.bigInteger('last_seen').notNullable().index();
    table.primary(KEY);
    table.index(['caller_id']);
  });
  await knex(
    knex.raw('?? (??)', ['newest_calls', [...KEY, 'last_seen']]),
  ).insert(knex('edges_1h').groupBy(KEY).select(KEY).max('last_seen'));
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('newest_calls');
};
