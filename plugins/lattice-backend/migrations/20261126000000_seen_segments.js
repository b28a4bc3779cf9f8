// @ts-check

const HOUR = 60 * 60 * 1000;
/** Lines that are packed at a time. */
const LINES = 10_000;

/**
 * Lines that were read are known by packed hashes: a row each took most of the time, and of the room.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('log_seen_segments', table => {
    table.comment('Which call came from which source, in which lines');
    table.increments('position');
    table.bigInteger('hour').notNullable().index().comment('Its start');
    table.integer('source_number').notNullable();
    table
      .binary('lines')
      .notNullable()
      .comment('Of each 16 bytes of the call’s hash and 6 of the line id’s');
  });
  for (let offset = 0; ; offset += LINES) {
    const rows = await knex('log_seen_lines')
      .orderBy(['call_key', 'source_number', 'line_id'])
      .limit(LINES)
      .offset(offset);
    if (rows.length === 0) {
      break;
    }
    const segments = new Map();
    for (const row of rows) {
      const hour = Math.floor(Number(row.timestamp) / HOUR) * HOUR;
      const name = `${hour} ${row.source_number}`;
      const segment = segments.get(name) ?? {
        hour,
        source_number: row.source_number,
        lines: [],
      };
      segments.set(name, segment);
      segment.lines.push(
        Buffer.from(row.call_key.slice(0, 32), 'hex'),
        // Not known of the oldest lines: zeros, which no line has.
        Buffer.from(row.line_id.slice(0, 12).padEnd(12, '0'), 'hex'),
      );
    }
    for (const segment of segments.values()) {
      await knex('log_seen_segments').insert({
        ...segment,
        lines: Buffer.concat(segment.lines),
      });
    }
  }
  await knex.schema.dropTable('log_seen_lines');
};

/**
 * What was seen is not known any more: lines that are read again count again.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.createTable('log_seen_lines', table => {
    table.comment('Which call came from which source, in which lines');
    table.string('call_key', 64).notNullable();
    table.integer('source_number').notNullable();
    table.string('line_id', 64).notNullable().comment('Hash of the id');
    table.bigInteger('timestamp').notNullable().index();
    table.primary(['call_key', 'source_number', 'line_id']);
  });
  await knex.schema.dropTable('log_seen_segments');
};
