// @ts-check

const durations = Array.from({ length: 12 }, (_, index) => `duration_${index}`);
const key = ['service_arn', 'caller_id', 'source_vpc_id', 'outcome'];
const DAY = 24 * 60 * 60 * 1000;

/**
 * Edges get numbers: their hours are added up by them, not by long texts. What is known of an edge at any
 * time is kept once, and days are kept beside hours.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('edges', table => {
    table.bigIncrements('number');
    table.string('service_arn').notNullable();
    table.string('caller_id').notNullable();
    table.string('source_vpc_id').notNullable();
    table.string('outcome').notNullable();
    table.string('caller_kind').notNullable();
    table.string('caller_account_id').notNullable();
    table.bigInteger('last_seen').notNullable().index();
    table
      .string('last_denied_id', 64)
      .notNullable()
      .comment('Denied request. Empty: none, or not kept any more');
    table.unique(key);
  });
  await knex.schema.renameTable('edges_1h', 'edges_1h_by_name');
  await createSums(knex, 'edges_1h');
  await createSums(knex, 'edges_1d');

  await knex.raw(
    `INSERT INTO edges (${key.join(
      ', ',
    )}, caller_kind, caller_account_id, last_seen, last_denied_id)
    SELECT ${key.join(
      ', ',
    )}, max(caller_kind), '', max(last_seen), '' FROM edges_1h_by_name
    GROUP BY ${key.join(', ')}`,
  );
  const sums = ['count', ...durations];
  await knex.raw(
    `INSERT INTO edges_1h (bucket, edge_number, first_seen, last_seen, ${sums.join(
      ', ',
    )})
    SELECT hour.bucket, edges.number, hour.first_seen, hour.last_seen, ${sums
      .map(column => `hour.${column}`)
      .join(', ')}
    FROM edges_1h_by_name AS hour JOIN edges ON ${key
      .map(column => `edges.${column} = hour.${column}`)
      .join(' AND ')}`,
  );
  await knex.raw(
    `INSERT INTO edges_1d (bucket, edge_number, first_seen, last_seen, ${sums.join(
      ', ',
    )})
    SELECT bucket - bucket % ${DAY}, edge_number, min(first_seen), max(last_seen), ${sums
      .map(column => `sum(${column})`)
      .join(', ')}
    FROM edges_1h GROUP BY bucket - bucket % ${DAY}, edge_number`,
  );
  await knex.schema.dropTable('edges_1h_by_name');
  // An edge has its newest call now.
  await knex.schema.dropTable('newest_calls');

  await knex.schema.alterTable('denied_causes_1h', table => {
    table.index(['service_arn']);
  });
};

/**
 * @param {import('knex').Knex} knex
 * @param {string} name
 */
async function createSums(knex, name) {
  await knex.schema.createTable(name, table => {
    table.bigInteger('bucket').notNullable().comment('Its start');
    table.bigInteger('edge_number').notNullable();
    table.bigInteger('count').notNullable();
    table.bigInteger('first_seen').notNullable();
    table.bigInteger('last_seen').notNullable();
    for (const column of durations) {
      table.bigInteger(column).notNullable();
    }
    // PostgreSQL keeps the name that the former table's key has until it is dropped.
    table.primary(['bucket', 'edge_number'], `${name}_numbered_pkey`);
    table.index(['edge_number', 'bucket']);
  });
}

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('denied_causes_1h', table => {
    table.dropIndex(['service_arn']);
  });
  await knex.schema.renameTable('edges_1h', 'edges_1h_numbered');
  await knex.schema.createTable('edges_1h', table => {
    table.bigInteger('bucket').notNullable().comment('Its start');
    table.string('service_arn').notNullable();
    table.string('caller_id').notNullable();
    table.string('source_vpc_id').notNullable();
    table.string('outcome').notNullable();
    table.string('caller_kind').notNullable();
    table.bigInteger('count').notNullable();
    table.bigInteger('first_seen').notNullable();
    table.bigInteger('last_seen').notNullable();
    for (const column of durations) {
      table.bigInteger(column).notNullable();
    }
    table.primary(['bucket', ...key]);
    table.index(['service_arn', 'caller_id', 'outcome']);
  });
  const columns = ['bucket', 'count', 'first_seen', ...durations];
  await knex.raw(
    `INSERT INTO edges_1h (${key.join(
      ', ',
    )}, caller_kind, last_seen, ${columns.join(', ')})
    SELECT ${key
      .map(column => `edges.${column}`)
      .join(', ')}, edges.caller_kind, hour.last_seen, ${columns
      .map(column => `hour.${column}`)
      .join(', ')}
    FROM edges_1h_numbered AS hour JOIN edges ON edges.number = hour.edge_number`,
  );
  await knex.schema.createTable('newest_calls', table => {
    table.string('service_arn').notNullable();
    table.string('caller_id').notNullable();
    table.string('source_vpc_id').notNullable();
    table.string('outcome').notNullable();
    table.bigInteger('last_seen').notNullable().index();
    table.primary(key);
    table.index(['caller_id']);
  });
  const newest = [...key, 'last_seen'];
  await knex(knex.raw('?? (??)', ['newest_calls', newest])).insert(
    knex('edges').select(newest),
  );
  await knex.schema.dropTable('edges_1h_numbered');
  await knex.schema.dropTable('edges_1d');
  await knex.schema.dropTable('edges');
};
