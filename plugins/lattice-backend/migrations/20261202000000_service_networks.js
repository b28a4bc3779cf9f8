// @ts-check

const HOUR = 60 * 60 * 1000;
const FIVE_MINUTES = 5 * 60 * 1000;
const counts = Array.from({ length: 12 }, (_, index) => `count_${index}`);
const durations = Array.from({ length: 12 }, (_, index) => `duration_${index}`);
const edge = ['service_arn', 'caller_id', 'source_vpc_id', 'outcome'];
const network = 'service_network_arn';

/**
 * Outcomes and edges tell in which service network the calls were; what was taken in before does not say.
 *
 * The five minutes of an hour become one row: twelve times fewer are written and read. SQLite keeps the
 * hours and days of edges in the order of their keys, without a second copy of these.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.renameTable('outcomes_5m', 'outcomes_by_5m');
  await knex.raw(
    `CREATE TABLE outcomes_5m (
      bucket bigint NOT NULL,
      service_arn varchar(255) NOT NULL,
      outcome varchar(255) NOT NULL,
      ${network} varchar(255) NOT NULL,
      ${counts.map(count => `${count} bigint NOT NULL`).join(', ')},
      CONSTRAINT outcomes_5m_by_hour_pkey
        PRIMARY KEY (bucket, service_arn, outcome, ${network})
    ) ${withoutRowid(knex)}`,
  );
  await knex.raw(
    `INSERT INTO outcomes_5m (bucket, service_arn, outcome, ${network}, ${counts})
    SELECT bucket - bucket % ${HOUR}, service_arn, outcome, '', ${counts.map(
      (_, index) =>
        `sum(CASE WHEN bucket % ${HOUR} / ${FIVE_MINUTES} = ${index} THEN count ELSE 0 END)`,
    )}
    FROM outcomes_by_5m
    GROUP BY bucket - bucket % ${HOUR}, service_arn, outcome
    ORDER BY 1, 2, 3`,
  );
  await knex.schema.dropTable('outcomes_by_5m');

  await knex.schema.alterTable('edges', table => {
    table
      .string(network)
      .notNullable()
      .defaultTo('')
      .comment('Empty: not recorded, or taken in before it was kept');
    table.dropUnique(edge);
    // Old edges are looked for once a day: not worth a change with every call.
    table.dropIndex(['last_seen']);
  });
  await knex.schema.alterTable('edges', table => {
    table.unique([...edge, network], { indexName: 'edges_key_unique' });
  });
  await rebuildSums(knex, 'WITHOUT ROWID');
  await knex.schema.alterTable('denied_causes_1h', table => {
    table.dropIndex(['service_arn']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('denied_causes_1h', table => {
    table.index(['service_arn']);
  });
  await rebuildSums(knex, '');
  await foldNetworks(knex);

  await knex.schema.renameTable('outcomes_5m', 'outcomes_by_hour');
  await knex.raw(
    `CREATE TABLE outcomes_5m (
      service_arn varchar(255) NOT NULL,
      bucket bigint NOT NULL,
      outcome varchar(255) NOT NULL,
      count bigint NOT NULL,
      PRIMARY KEY (service_arn, bucket, outcome)
    ) ${withoutRowid(knex)}`,
  );
  for (const [index, count] of counts.entries()) {
    await knex.raw(
      `INSERT INTO outcomes_5m (service_arn, bucket, outcome, count)
      SELECT service_arn, bucket + ${
        index * FIVE_MINUTES
      }, outcome, sum(${count})
      FROM outcomes_by_hour WHERE ${count} > 0
      GROUP BY service_arn, bucket, outcome`,
    );
  }
  await knex.schema.dropTable('outcomes_by_hour');
  await knex.schema.alterTable('outcomes_5m', table => {
    table.index(['bucket']);
  });
};

/** @param {import('knex').Knex} knex */
function isSqlite(knex) {
  return knex.client.config.client !== 'pg';
}

/** @param {import('knex').Knex} knex */
function withoutRowid(knex) {
  return isSqlite(knex) ? 'WITHOUT ROWID' : '';
}

/**
 * @param {import('knex').Knex} knex
 * @param {string} kind
 */
async function rebuildSums(knex, kind) {
  if (!isSqlite(knex)) {
    return;
  }
  const columns = [
    'bucket',
    'edge_number',
    'count',
    'first_seen',
    'last_seen',
    ...durations,
  ];
  for (const table of ['edges_1h', 'edges_1d']) {
    await knex.raw(
      `CREATE TABLE ${table}_rebuilt (
        ${columns.map(column => `${column} bigint NOT NULL`).join(', ')},
        CONSTRAINT ${table}_numbered_pkey PRIMARY KEY (bucket, edge_number)
      ) ${kind}`,
    );
    await knex.raw(
      `INSERT INTO ${table}_rebuilt (${columns}) SELECT ${columns} FROM ${table} ORDER BY bucket, edge_number`,
    );
    await knex.schema.dropTable(table);
    await knex.schema.renameTable(`${table}_rebuilt`, table);
    await knex.schema.alterTable(table, builder => {
      builder.index(['edge_number', 'bucket']);
    });
  }
}

/**
 * One edge for all service networks again: the first of those that there are takes the calls of the others.
 *
 * @param {import('knex').Knex} knex
 */
async function foldNetworks(knex) {
  const key = edge.join(', ');
  await knex.raw(
    `CREATE TABLE folded_edges AS
    SELECT number, min(number) OVER (PARTITION BY ${key}) AS first FROM edges`,
  );
  const sums = ['count', ...durations];
  for (const table of ['edges_1h', 'edges_1d']) {
    await knex.raw(
      `CREATE TABLE folded_sums AS
      SELECT bucket, first AS edge_number, min(first_seen) AS first_seen, max(last_seen) AS last_seen,
        ${sums.map(column => `sum(${column}) AS ${column}`).join(', ')}
      FROM ${table} JOIN folded_edges ON number = edge_number
      GROUP BY bucket, first`,
    );
    await knex(table).delete();
    const columns = [
      'bucket',
      'edge_number',
      'first_seen',
      'last_seen',
      ...sums,
    ];
    await knex.raw(
      `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM folded_sums`,
    );
    await knex.schema.dropTable('folded_sums');
  }
  await knex.raw(
    `UPDATE edges SET last_seen = (
      SELECT max(other.last_seen) FROM edges other JOIN folded_edges ON folded_edges.number = other.number
      WHERE folded_edges.first = edges.number)
    WHERE number IN (SELECT first FROM folded_edges)`,
  );
  await knex.raw(
    `DELETE FROM edges WHERE number NOT IN (SELECT first FROM folded_edges)`,
  );
  await knex.schema.dropTable('folded_edges');
  await knex.schema.alterTable('edges', table => {
    table.dropUnique([...edge, network], 'edges_key_unique');
  });
  await knex.schema.alterTable('edges', table => {
    table.dropColumn(network);
    table.unique(edge);
    table.index(['last_seen']);
  });
}
