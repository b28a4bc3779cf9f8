import type { Columns } from '../schema/Column';
import type { TableName } from '../schema/tables';
import type { Sql } from './Sql';

/** A question to one of the tables, with the columns of its answer. */
export interface Statement {
  table: TableName;
  sql: Sql;
  columns: Columns;
  /**
   * Set where there may be very many rows, in no order: engines may hand them over in another way. The first
   * columns are `repeated`, then come those that are `exchangeable`.
   */
  manyRows?: {
    /** Columns that have the same values in many rows. */
    repeated: number;
    /** Columns that may have the value of any row with the same repeated values. */
    exchangeable: number;
  };
}
