import type { TableName } from '../schema/tables';
import type { RecordFile } from './layout';

/** The files of a table that were there at one time. */
export interface FileSnapshot {
  table: TableName;
  /** UTC days that were looked at, in order. */
  days: readonly string[];
  /** Those to read; each record is in one of them. */
  files: readonly RecordFile[];
  /** Starts of hours that were told as read, in milliseconds since the epoch. */
  hoursRead: ReadonlySet<number>;
  /** Keys of those not to read: replaced ones that are still there, and files that are none of ours. */
  hidden: readonly string[];
}
