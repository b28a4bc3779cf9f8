import type { Row } from '../schema/Column';
import type { Sql } from '../sql/Sql';
import type { Statement } from '../sql/Statement';

/**
 * How a question is put to an engine, and what its rows mean.
 *
 * @typeParam More - what the answer has beside its items
 */
export interface Question<T, More = unknown> {
  /** @param isVisible - what the engine needs to read the right files */
  statement(isVisible: Sql): Statement;
  /** @returns the lines behind the answer, and the answer */
  read(rows: Row[]): { lines: number; items: T[] } & More;
}

/** A text of a row. Absent: null. */
export function textOf(row: Row, column: string): string | undefined {
  const value = row[column];
  return value === undefined ? undefined : String(value);
}

/** A text of a row for which a text without characters stands for null. */
export function filledTextOf(row: Row, column: string): string | undefined {
  return textOf(row, column) || undefined;
}

/** The lines behind all groups, which each row has. No groups: no lines. */
export function totalOf(rows: Row[]): number {
  return Number(rows[0]?.lines_in_all ?? 0);
}
