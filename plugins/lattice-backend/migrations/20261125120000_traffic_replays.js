// @ts-check

/**
 * Replays of recorded traffic, as work that any replica can take up.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('traffic_replays', table => {
    table.comment('Recorded traffic, decided again by proposed policies');
    table.string('id', 64).primary();
    table.string('access_request_id', 64).notNullable().index();
    table.string('asked_by').notNullable().comment('Entity reference');
    table
      .string('active_for')
      .unique()
      .comment('asked_by until it has ended: one at a time for each user');
    table
      .integer('slot')
      .unique()
      .comment('While it runs: only so many at a time');
    table.string('status', 16).notNullable().index();
    table.bigInteger('window_from').notNullable();
    table.bigInteger('window_to').notNullable();
    table.text('changes').notNullable().comment('JSON');
    table.string('digest', 64).notNullable().comment('Of the changes');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('started_at');
    table.bigInteger('ended_at').index();
    table.string('worker', 64).comment('Who runs it');
    table.bigInteger('heartbeat_at').comment('When the worker last wrote');
    table.integer('attempts').notNullable().defaultTo(0);
    table.boolean('is_cancelled').notNullable().defaultTo(false);
    table.text('progress').comment('JSON');
    table.text('result').comment('JSON');
    table.text('error');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('traffic_replays');
};
