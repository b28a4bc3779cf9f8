import type { Columns } from '../schema/Column';
import type { TableName } from '../schema/tables';
import type { Sql } from './Sql';

/** A question to one of the tables, with the columns of its answer. */
export interface Statement {
  table: TableName;
  sql: Sql;
  columns: Columns;
  /** Whether there may be very many rows, in no order. Engines may take another way to hand them over. */
  isLarge?: boolean;
}
