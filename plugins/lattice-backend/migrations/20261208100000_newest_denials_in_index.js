// @ts-check

const TABLE = 'denied_requests';
const settings = {
  // Rows a day: some thousands. By default a fifth of all rows are waited for, which are those of weeks.
  autovacuum_vacuum_insert_threshold: 5000,
  autovacuum_vacuum_insert_scale_factor: 0,
};

/**
 * PostgreSQL answers out of an index alone only for rows that a vacuum has seen, and the newest denials are
 * those that are looked at: it comes by often. There is little to do each time, as rows are only added.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  if (await isKnown(knex)) {
    const set = Object.entries(settings).map(entry => entry.join(' = '));
    await knex.raw(`ALTER TABLE ${TABLE} SET (${set.join(', ')})`);
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  if (await isKnown(knex)) {
    const names = Object.keys(settings).join(', ');
    await knex.raw(`ALTER TABLE ${TABLE} RESET (${names})`);
  }
};

/**
 * From PostgreSQL 13 on.
 *
 * @param {import('knex').Knex} knex
 */
async function isKnown(knex) {
  if (knex.client.config.client !== 'pg') {
    return false;
  }
  const { rows } = await knex.raw(
    `SELECT 1 FROM pg_settings WHERE name = 'autovacuum_vacuum_insert_threshold'`,
  );
  return rows.length > 0;
}
