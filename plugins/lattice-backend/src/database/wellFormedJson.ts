/**
 * Rows as JSON that PostgreSQL can read: half of a character that takes two, which JSON can write down, is
 * no text for it.
 */
export function wellFormedJson(
  rows: readonly object[],
  columns: string[],
): string {
  const text = JSON.stringify(rows, columns);
  return text.includes('\\ud')
    ? JSON.stringify(
        rows.map(row =>
          Object.fromEntries(
            columns.map(column => [column, wellFormed(row[column as never])]),
          ),
        ),
      )
    : text;
}

function wellFormed(value: unknown): unknown {
  return typeof value === 'string'
    ? value.replace(/\p{Surrogate}/gu, '\uFFFD')
    : value;
}
