import type { RecordField } from '@lattice-portal/plugin-lattice-common';
import type { Knex } from 'knex';
import { isPostgres } from './sql';

/** How JSON text has the character 0, and a backslash. */
const ZERO = '\\u0000';
const BACKSLASH = '\\\\';
/** Stands for a backslash meanwhile: JSON text as it is stored never holds this character as such. */
const ASIDE = '\u0001';
const UNKNOWN = '\uFFFD';

/**
 * The value of a field of a record that is kept as JSON in the column `record`; null where it has none.
 *
 * @remarks
 * Fields are the callers' to choose: what one engine can't take of one record must not fail all others.
 * SQLite ends a text at the character 0, PostgreSQL refuses it and half of a surrogate pair: they read
 * U+FFFD in their place, as {@link comparableText} makes it. A record that SQLite can't read as JSON, being
 * nested too deep, has no fields.
 *
 * @returns an expression: in PostgreSQL a text also where the value is a number
 */
export function recordField(knex: Knex, field: RecordField): Knex.Raw {
  return isPostgres(knex)
    ? knex.raw('(?::json ->> ?::text)', [postgresRecord(knex), field])
    : knex.raw('case when json_valid(record) then json_extract(?, ?) end', [
        withoutZeros(knex),
        `$.${field}`,
      ]);
}

/** A field of a record that holds a number, to compare by size. */
export function numericRecordField(knex: Knex, field: RecordField): Knex.Raw {
  const value = recordField(knex, field);
  return isPostgres(knex) ? knex.raw('?::numeric', [value]) : value;
}

/** True where the field has the text, whether in capitals A to Z or small letters. */
export function recordFieldContains(
  knex: Knex,
  field: RecordField,
  text: string,
): Knex.Raw {
  return containsText(knex, recordField(knex, field), text);
}

/** True where the value has the text, whether in capitals A to Z or small letters. */
export function containsText(
  knex: Knex,
  value: Knex.Raw,
  text: string,
): Knex.Raw {
  const bindings = [value, comparableText(text)];
  return isPostgres(knex)
    ? knex.raw(
        `strpos(lower((?) collate "C"), lower(?::text collate "C")) > 0`,
        bindings,
      )
    : knex.raw('instr(lower(?), lower(?)) > 0', bindings);
}

/** A text as {@link recordField} gives it. */
export function comparableText(text: string): string {
  return text.replaceAll('\0', UNKNOWN).replace(/\p{Surrogate}/gu, UNKNOWN);
}

/** Backslashes are set aside first: one before `u0000` is no character 0. */
function withoutZeros(knex: Knex): Knex.Raw {
  return knex.raw(
    'case when instr(record, ?) > 0 then replace(replace(replace(record, ?, ?), ?, ?), ?, ?) else record end',
    [ZERO, BACKSLASH, ASIDE, ZERO, UNKNOWN, ASIDE, BACKSLASH],
  );
}

function postgresRecord(knex: Knex): Knex.Raw {
  return knex.raw(
    'case when strpos(record, ?) > 0 then replace(regexp_replace(replace(record, ?, ?), ?, ?, ?), ?, ?) else record end',
    [
      '\\u',
      BACKSLASH,
      ASIDE,
      '\\\\u(0000|d[89a-f][0-9a-f]{2})',
      UNKNOWN,
      'g',
      ASIDE,
      BACKSLASH,
    ],
  );
}
