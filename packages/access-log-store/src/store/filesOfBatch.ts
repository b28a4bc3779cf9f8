import { setImmediate } from 'node:timers/promises';
import { InputError } from '@backstage/errors';
import { hourOf } from '../files/layout';
import { rowOfCall } from '../schema/calls';
import type { Row } from '../schema/Column';
import { rowOfConnection } from '../schema/connections';
import { jsonOfRow } from '../schema/jsonOfRow';
import type { TableName } from '../schema/tables';
import type { AccessLogBatch } from '../types';

/** Others have their turn in between: so many take some 10 ms. */
const ROWS_AT_ONCE = 500;

/** What is to be in one file. */
export interface BatchFile {
  table: TableName;
  hour: number;
  /** As JSON, which takes up less than what it is made of. None: the file marks its hour as read. */
  rows: string[];
}

/**
 * Deals a batch out to the hours of its records. What marks hours as read comes last, and apart from lines,
 * which alone don't say so.
 *
 * @throws InputError for a batch without an id
 */
export async function filesOfBatch(
  batch: AccessLogBatch,
): Promise<BatchFile[]> {
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
  let count = 0;
  for (const { table, time, row } of rowsOf(batch)) {
    rowsAt(table, time).push(jsonOfRow(row));
    count++;
    if (count % ROWS_AT_ONCE === 0) {
      await setImmediate();
    }
  }
  return [
    ...[...files.values()].sort((a, b) => a.hour - b.hour),
    ...marksOf(batch),
  ];
}

function marksOf({ hoursRead = [] }: AccessLogBatch): BatchFile[] {
  return [...new Set(hoursRead.map(hourOf))].flatMap(hour =>
    (['calls', 'connections'] as const).map(table => ({
      table,
      hour,
      rows: [],
    })),
  );
}

function* rowsOf(
  batch: AccessLogBatch,
): Generator<{ table: TableName; time: number; row: Row }> {
  for (const call of batch.calls ?? []) {
    const time = call.record.timestamp;
    yield { table: 'calls', time, row: rowOfCall(call) };
  }
  for (const connection of batch.connections ?? []) {
    const time = connection.record.timestamp;
    yield { table: 'connections', time, row: rowOfConnection(connection) };
  }
}
