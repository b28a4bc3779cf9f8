// @ts-check

const twelve = Array.from({ length: 12 }, (_, index) => index);
const durations = twelve.map(index => `duration_${index}`);
const counts = twelve.map(index => `count_${index}`);
const network = 'service_network_arn';
const edgeTables = ['edges_1h', 'edges_1d'];

/**
 * All that is kept of a service in an hour or a day becomes one row: some fifteen times fewer are written
 * and read.
 *
 * Edges: an object with a list of sums for each number of an edge: count, first and last seen in milliseconds
 * from the start of the hour or the day, then the counts by duration. Outcomes: lists of outcome, service
 * network and the counts of the hour's five minutes.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const { object, list, array } = isSqlite(knex)
    ? {
        object: 'json_group_object',
        list: 'json_group_array',
        array: 'json_array',
      }
    : {
        object: 'json_object_agg',
        list: 'json_agg',
        array: 'json_build_array',
      };
  for (const table of edgeTables) {
    await rebuild(knex, table, {
      columns: 'service_arn varchar(255) NOT NULL, edges text NOT NULL',
      key: 'bucket, service_arn',
      constraint: `${table}_packed_pkey`,
      rows: `SELECT bucket, service_arn, CAST(${object}(edge_number, ${array}(
          count, first_seen - bucket, ${table}.last_seen - bucket, ${durations}
        )) AS text)
        FROM ${table} JOIN edges ON number = edge_number
        GROUP BY bucket, service_arn ORDER BY bucket, service_arn`,
    });
  }
  await rebuild(knex, 'outcomes_5m', {
    columns: 'service_arn varchar(255) NOT NULL, outcomes text NOT NULL',
    key: 'bucket, service_arn',
    constraint: 'outcomes_5m_packed_pkey',
    rows: `SELECT bucket, service_arn, CAST(${list}(${array}(outcome, ${network}, ${counts})) AS text)
      FROM outcomes_5m GROUP BY bucket, service_arn ORDER BY bucket, service_arn`,
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of edgeTables) {
    const { each, at } = elementsOf(knex, 'edges', 'json_each');
    const sums = ['count', 'first_seen', 'last_seen', ...durations];
    const numbers = ['edge_number', ...sums];
    await rebuild(knex, table, {
      columns: numbers.map(column => `${column} bigint NOT NULL`).join(', '),
      key: 'bucket, edge_number',
      constraint: `${table}_numbered_pkey`,
      rows: `SELECT bucket, CAST(element.key AS bigint), ${sums.map(
        (column, index) =>
          (column.endsWith('_seen') ? 'bucket + ' : '') + at(index, 'bigint'),
      )}
        FROM ${table} CROSS JOIN ${each} AS element ORDER BY 1, 2`,
    });
    await knex.schema.alterTable(table, builder => {
      builder.index(['edge_number', 'bucket']);
    });
  }
  const { each, at } = elementsOf(knex, 'outcomes', 'json_array_elements');
  const texts = ['outcome', network];
  await rebuild(knex, 'outcomes_5m', {
    columns: [
      ...['service_arn', ...texts].map(name => `${name} varchar(255) NOT NULL`),
      ...counts.map(name => `${name} bigint NOT NULL`),
    ].join(', '),
    key: `bucket, service_arn, outcome, ${network}`,
    constraint: 'outcomes_5m_by_hour_pkey',
    rows: `SELECT bucket, service_arn, ${[
      ...texts.map((_, index) => at(index, 'varchar')),
      ...counts.map((_, index) => at(texts.length + index, 'bigint')),
    ]}
      FROM outcomes_5m CROSS JOIN ${each} AS element ORDER BY 1, 2, 3, 4`,
  });
};

/**
 * Replaces a table that is kept by bucket.
 *
 * @param {import('knex').Knex} knex
 * @param {string} table
 * @param {{ columns: string; key: string; constraint: string; rows: string }} made - `rows`: a query of the
 * former table
 */
async function rebuild(knex, table, { columns, key, constraint, rows }) {
  await knex.raw(
    `CREATE TABLE ${table}_rebuilt (
      bucket bigint NOT NULL, ${columns},
      CONSTRAINT ${constraint} PRIMARY KEY (${key})
    ) ${isSqlite(knex) ? 'WITHOUT ROWID' : ''}`,
  );
  await knex.raw(`INSERT INTO ${table}_rebuilt ${rows}`);
  await knex.schema.dropTable(table);
  await knex.schema.renameTable(`${table}_rebuilt`, table);
}

/**
 * How a query takes the elements of a column of JSON, and parts of these.
 *
 * @param {import('knex').Knex} knex
 * @param {string} column
 * @param {string} postgresFunction
 */
function elementsOf(knex, column, postgresFunction) {
  return isSqlite(knex)
    ? {
        each: `json_each(${column})`,
        at: (/** @type {number} */ index, /** @type {string} */ _) =>
          `json_extract(element.value, '$[${index}]')`,
      }
    : {
        each: `${postgresFunction}(CAST(${column} AS json))`,
        at: (/** @type {number} */ index, /** @type {string} */ type) =>
          `CAST(element.value ->> ${index} AS ${type})`,
      };
}

/** @param {import('knex').Knex} knex */
function isSqlite(knex) {
  return knex.client.config.client !== 'pg';
}
