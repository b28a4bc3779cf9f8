/** What a column holds. `integer` fits a JavaScript number exactly, `number` may have decimals. */
export type ColumnType = 'text' | 'integer' | 'number' | 'boolean';

/** Columns by name, in the order in which they are written and asked for. */
export type Columns = Readonly<Record<string, ColumnType>>;

/** A value of a row. `undefined` is SQL's null. */
export type Value = string | number | boolean | undefined;

/** A row of an answer, by the name of the column. */
export type Row = Record<string, Value>;

/** What DuckDB calls a column's type. Hive's names differ, Trino's are the same but for texts. */
export const duckDbTypes: Record<ColumnType, string> = {
  text: 'VARCHAR',
  integer: 'BIGINT',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
};
