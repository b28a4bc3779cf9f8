// @ts-check

const principal = /^arn:[^:]+:[^:]+::(\d{12}):/;

/**
 * What is newest of the edges of a service becomes one row: it changes with every call, and edges themselves
 * do not any more.
 *
 * The text is an object with a list for each number of an edge: when its newest call began and, if it was
 * denied, its denied request.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('newest_calls', table => {
    table.string('service_arn').notNullable().primary();
    table.text('calls', 'longtext').notNullable().comment('As JSON');
    table
      .bigInteger('version')
      .notNullable()
      .comment('The number of its last change');
  });
  const { object, array } = isSqlite(knex)
    ? { object: 'json_group_object', array: 'json_array' }
    : { object: 'json_object_agg', array: 'json_build_array' };
  await knex.raw(
    `INSERT INTO newest_calls (service_arn, calls, version)
    SELECT service_arn, CAST(${object}(number,
      CASE WHEN last_denied_id = '' THEN ${array}(last_seen) ELSE ${array}(last_seen, last_denied_id) END
    ) AS text), max(version)
    FROM edges GROUP BY service_arn`,
  );
  await addAccounts(knex);
  await knex.schema.alterTable('edges', table => {
    table.dropColumns('last_seen', 'last_denied_id', 'version');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('edges', table => {
    table.bigInteger('last_seen').notNullable().defaultTo(0);
    table
      .string('last_denied_id', 64)
      .notNullable()
      .defaultTo('')
      .comment('Denied request. Empty: none, or not kept any more');
    table
      .bigInteger('version')
      .notNullable()
      .defaultTo(1)
      .comment('The number of its last change');
  });
  const { each, lastSeen, deniedId } = isSqlite(knex)
    ? {
        each: 'json_each(calls)',
        lastSeen: `json_extract(element.value, '$[0]')`,
        deniedId: `json_extract(element.value, '$[1]')`,
      }
    : {
        each: 'json_each(CAST(calls AS json))',
        lastSeen: 'CAST(element.value ->> 0 AS bigint)',
        deniedId: 'element.value ->> 1',
      };
  await knex.raw(
    `UPDATE edges SET last_seen = ${lastSeen}, last_denied_id = coalesce(${deniedId}, ''),
      version = newest_calls.version
    FROM newest_calls CROSS JOIN ${each} AS element
    WHERE edges.number = CAST(element.key AS bigint)`,
  );
  await knex.schema.dropTable('newest_calls');
};

/**
 * Edges that had no call since accounts are kept have none; it can be told from who called.
 *
 * @param {import('knex').Knex} knex
 */
async function addAccounts(knex) {
  const callers = await knex('edges')
    .where({ caller_account_id: '', caller_kind: 'signed' })
    .distinct('caller_id')
    .pluck('caller_id');
  for (const caller_id of callers) {
    const account = principal.exec(caller_id)?.[1];
    if (account) {
      await knex('edges')
        .where({ caller_id })
        .update({ caller_account_id: account });
    }
  }
}

/** @param {import('knex').Knex} knex */
function isSqlite(knex) {
  return knex.client.config.client !== 'pg';
}
