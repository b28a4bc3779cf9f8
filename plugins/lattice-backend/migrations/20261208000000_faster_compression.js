// @ts-check

/** Texts that are long, and read and written as a whole. */
const texts = [
  ['outcomes_5m', 'outcomes'],
  ['edges_1h', 'edges'],
  ['edges_1d', 'edges'],
  ['newest_calls', 'calls'],
  ['denied_requests', 'record'],
];
/** Hashes, which nothing makes shorter. */
const hashes = [
  ['log_seen_segments', 'lines'],
  ['log_seen_segments', 'logs'],
];

/**
 * PostgreSQL compresses long values: from here on several times as fast, where it was built with LZ4, and
 * hashes not at all. What is there stays as it is.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  if (knex.client.config.client !== 'pg') {
    return;
  }
  const { rows } = await knex.raw(
    `SELECT 1 FROM pg_settings
    WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)`,
  );
  for (const [table, column] of rows.length > 0 ? texts : []) {
    await knex.raw('ALTER TABLE ?? ALTER COLUMN ?? SET COMPRESSION lz4', [
      table,
      column,
    ]);
  }
  for (const [table, column] of hashes) {
    await knex.raw('ALTER TABLE ?? ALTER COLUMN ?? SET STORAGE EXTERNAL', [
      table,
      column,
    ]);
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  if (knex.client.config.client !== 'pg') {
    return;
  }
  const { rows } = await knex.raw(
    `SELECT 1 FROM pg_settings WHERE name = 'default_toast_compression'`,
  );
  for (const [table, column] of rows.length > 0 ? texts : []) {
    await knex.raw('ALTER TABLE ?? ALTER COLUMN ?? SET COMPRESSION default', [
      table,
      column,
    ]);
  }
  for (const [table, column] of hashes) {
    await knex.raw('ALTER TABLE ?? ALTER COLUMN ?? SET STORAGE EXTENDED', [
      table,
      column,
    ]);
  }
};
