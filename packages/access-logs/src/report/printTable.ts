import type { Paint } from '../command/Output';

/** Rows as lines: the first column to the left, the others to the right. */
export function printTable(
  rows: readonly string[][],
  options: { /** Given: the first row is a head. */ paint?: Paint } = {},
): string[] {
  const widths = rows[0].map((_, column) =>
    Math.max(...rows.map(row => row[column].length)),
  );
  return rows.map((row, index) => {
    const line = row
      .map((cell, column) =>
        column === 0
          ? cell.padEnd(widths[column])
          : cell.padStart(widths[column]),
      )
      .join('  ');
    return index === 0 && options.paint ? options.paint('dim', line) : line;
  });
}
