import type { Knex } from 'knex';

/** Rows of one statement: a few megabytes of text. */
const ROWS = 5_000;
/** Values of one `IN (…)`: below the 32,766 and 65,535 variables of SQLite and PostgreSQL. */
const VALUES = 500;

/**
 * Cuts a list into pieces of at most `size`.
 */
export function* piecesOf<T>(
  items: readonly T[],
  size: number,
): Generator<T[]> {
  for (let index = 0; index < items.length; index += size) {
    yield items.slice(index, index + size);
  }
}

/**
 * Inserts rows; where the key is there already, the columns of `merge` are set.
 *
 * @remarks
 * Rows go to the database as one JSON text, however many they are: binding each value by itself takes
 * several times as long. They all have the columns of the first; texts and numbers only.
 *
 * @param options - without `merge`, rows whose key is there already are left out; `returning`: columns of
 * the rows that were inserted or changed
 * @returns what is asked for in `returning`
 */
export async function upsert(
  knex: Knex,
  options: {
    table: string;
    rows: readonly object[];
    key: readonly string[];
    merge?: Record<string, Knex.Raw>;
    returning?: readonly string[];
  },
): Promise<any[]> {
  const { table, rows, key, merge, returning } = options;
  const found: any[] = [];
  for (const piece of piecesOf(rows, ROWS)) {
    const tail = returning ? 'returning ??' : '';
    const answer = await knex.raw(
      `insert into ?? (??) ? on conflict (??) do ? ${tail}`,
      [
        table,
        Object.keys(piece[0]),
        rowsOf(knex, table, piece),
        [...key],
        merge ? changesOf(knex, merge) : knex.raw('nothing'),
        ...(returning ? [[...returning]] : []),
      ],
    );
    if (returning) {
      found.push(...(answer.rows ?? answer));
    }
  }
  return found;
}

/** What is set where the key is there already. */
function changesOf(knex: Knex, merge: Record<string, Knex.Raw>): Knex.Raw {
  const columns = Object.entries(merge);
  return knex.raw(
    `update set ${columns.map(() => '?? = ?').join(', ')}`,
    columns.flat(),
  );
}

/** Rows as a query that an `insert` takes. */
function rowsOf(knex: Knex, table: string, rows: readonly object[]): Knex.Raw {
  const columns = Object.keys(rows[0]);
  const text = wellFormedJson(rows);
  return isPostgres(knex)
    ? knex.raw('select ?? from json_populate_recordset(null::??, ?)', [
        columns,
        table,
        text,
      ])
    : // Without a condition, SQLite takes "on conflict" for that of a join.
      knex.raw(
        `select ${columns
          .map(() => 'value ->> ?')
          .join(', ')} from json_each(?) where true`,
        [...columns.map(column => `$.${column}`), text],
      );
}

/** Whether it is PostgreSQL; else it is SQLite. */
export function isPostgres(knex: Knex): boolean {
  return knex.client.config.client === 'pg';
}

/** Half of a character that takes two, which JSON can write down, is no text for PostgreSQL. */
function wellFormedJson(rows: readonly object[]): string {
  const text = JSON.stringify(rows);
  return text.includes('\\ud')
    ? JSON.stringify(rows, (_, value) =>
        typeof value === 'string'
          ? value.replace(/\p{Surrogate}/gu, '\uFFFD')
          : value,
      )
    : text;
}

/**
 * Expressions for `merge` that both SQLite and PostgreSQL know; the old row goes by the table's name.
 */
export function mergeOf(knex: Knex, table: string) {
  return {
    sum: (columns: string[]) =>
      Object.fromEntries(
        columns.map(column => [
          column,
          knex.raw('?? + excluded.??', [`${table}.${column}`, column]),
        ]),
      ),
    least: (column: string) => ({
      [column]: knex.raw(
        'case when excluded.?? < ?? then excluded.?? else ?? end',
        [column, `${table}.${column}`, column, `${table}.${column}`],
      ),
    }),
    /** The columns of whichever row has more in `by`. */
    ofGreater: (by: string, columns: string[]) =>
      Object.fromEntries(
        columns.map(column => [
          column,
          knex.raw('case when excluded.?? > ?? then excluded.?? else ?? end', [
            by,
            `${table}.${by}`,
            column,
            `${table}.${column}`,
          ]),
        ]),
      ),
  };
}

/**
 * Runs a query for any number of values.
 */
export async function forValues<TValue, TRow>(
  values: TValue[],
  query: (piece: TValue[]) => PromiseLike<TRow[]>,
): Promise<TRow[]> {
  const rows: TRow[] = [];
  for (const piece of piecesOf(values, VALUES)) {
    rows.push(...(await query(piece)));
  }
  return rows;
}

/**
 * ISO 8601 of a time column. PostgreSQL gives 64-bit integers as text.
 */
export function isoOf(time: number | string): string {
  return new Date(Number(time)).toISOString();
}

/**
 * ISO 8601 of a time column that may be null.
 */
export function optionalIsoOf(
  time: number | string | null | undefined,
): string | undefined {
  return time === null || time === undefined ? undefined : isoOf(time);
}

/**
 * A number of a column that may be null. PostgreSQL gives 64-bit integers as text.
 */
export function optionalNumberOf(
  value: number | string | null | undefined,
): number | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}
