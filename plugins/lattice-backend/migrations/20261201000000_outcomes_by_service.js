// @ts-check

/**
 * SQLite keeps the outcomes of a service side by side: where rows lie in the order they came in, those of
 * thirty days are all over the file. PostgreSQL stays as it is.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await rebuild(knex, 'WITHOUT ROWID');
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await rebuild(knex, '');
};

/**
 * @param {import('knex').Knex} knex
 * @param {string} kind
 */
async function rebuild(knex, kind) {
  if (knex.client.config.client === 'pg') {
    return;
  }
  await knex.raw(
    `CREATE TABLE outcomes_5m_rebuilt (
      service_arn varchar(255) NOT NULL,
      bucket bigint NOT NULL,
      outcome varchar(255) NOT NULL,
      count bigint NOT NULL,
      PRIMARY KEY (service_arn, bucket, outcome)
    ) ${kind}`,
  );
  await knex.raw(
    `INSERT INTO outcomes_5m_rebuilt (service_arn, bucket, outcome, count)
    SELECT service_arn, bucket, outcome, count FROM outcomes_5m
    ORDER BY service_arn, bucket, outcome`,
  );
  await knex.schema.dropTable('outcomes_5m');
  await knex.schema.renameTable('outcomes_5m_rebuilt', 'outcomes_5m');
  await knex.schema.alterTable('outcomes_5m', table => {
    table.index(['bucket']);
  });
}
