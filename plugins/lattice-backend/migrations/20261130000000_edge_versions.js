// @ts-check

/**
 * What is kept of edges tells when it changed, so that readers can hold it in memory.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('edge_versions', table => {
    table
      .string('part', 16)
      .notNullable()
      .comment('A table: edges, edges_1h, edges_1d. Or forgotten: of edges');
    table
      .bigInteger('bucket')
      .notNullable()
      .comment('Of the table. 0: the part has none');
    table
      .bigInteger('version')
      .notNullable()
      .comment('The number of its last change. That of edges is the highest');
    table.primary(['part', 'bucket']);
  });
  await knex.raw(
    `INSERT INTO edge_versions (part, bucket, version)
    SELECT 'edges', 0, 1
    UNION ALL
    SELECT 'edges_1h', bucket, 1 FROM edges_1h GROUP BY bucket
    UNION ALL
    SELECT 'edges_1d', bucket, 1 FROM edges_1d GROUP BY bucket`,
  );
  await knex.schema.alterTable('edges', table => {
    table
      .bigInteger('version')
      .notNullable()
      .defaultTo(1)
      .comment('The number of its last change');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('edges', table => {
    table.dropColumn('version');
  });
  await knex.schema.dropTable('edge_versions');
};
