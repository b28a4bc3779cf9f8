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
  await alter(knex, { compression: 'lz4', storage: 'EXTERNAL' });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await alter(knex, { compression: 'default', storage: 'EXTENDED' });
};

/**
 * @param {import('knex').Knex} knex
 * @param {{ compression: string, storage: string }} options
 */
async function alter(knex, { compression, storage }) {
  if (knex.client.config.client !== 'pg') {
    return;
  }
  const { rows } = await knex.raw(
    `SELECT 1 FROM pg_settings
    WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)`,
  );
  for (const names of rows.length > 0 ? texts : []) {
    await knex.raw(
      `ALTER TABLE ?? ALTER COLUMN ?? SET COMPRESSION ${compression}`,
      names,
    );
  }
  for (const names of hashes) {
    await knex.raw(
      `ALTER TABLE ?? ALTER COLUMN ?? SET STORAGE ${storage}`,
      names,
    );
  }
}
