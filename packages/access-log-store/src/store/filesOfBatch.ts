import { InputError } from '@backstage/errors';
import { hourOf } from '../files/layout';
import { rowOfCall } from '../schema/calls';
import type { Row } from '../schema/Column';
import { rowOfConnection } from '../schema/connections';
import type { TableName } from '../schema/tables';
import type { AccessLogBatch } from '../types';

/** What is to be in one file. */
export interface BatchFile {
  table: TableName;
  hour: number;
  rows: Row[];
}

/**
 * Deals a batch out to the hours of its records.
 *
 * @throws InputError for a batch without an id
 */
export function filesOfBatch(batch: AccessLogBatch): BatchFile[] {
  if (!batch.id) {
    throw new InputError(
      'A batch needs an id, so that it is not written twice',
    );
  }
  const files = new Map<string, BatchFile>();
  const rowsAt = (table: TableName, instant: number) => {
    const hour = hourOf(instant);
    const key = `${table} ${hour}`;
    const file = files.get(key) ?? { table, hour, rows: [] };
    files.set(key, file);
    return file.rows;
  };
  for (const hour of batch.hoursRead ?? []) {
    rowsAt('calls', hour);
    rowsAt('connections', hour);
  }
  for (const call of batch.calls ?? []) {
    rowsAt('calls', call.record.timestamp).push(rowOfCall(call));
  }
  for (const connection of batch.connections ?? []) {
    rowsAt('connections', connection.record.timestamp).push(
      rowOfConnection(connection),
    );
  }
  return [...files.values()].sort((a, b) => a.hour - b.hour);
}
