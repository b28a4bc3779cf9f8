import type { ResourceAccessLogRecord } from '@lattice-portal/access-logs';
import type { StoredConnection } from '../types';
import { columnOf } from './callFields';
import type { Columns, Row } from './Column';

const fields = [
  'eventTimestamp',
  'resourceConfigurationArn',
  'serviceNetworkArn',
  'serviceNetworkResourceAssociationId',
  'vpcEndpointId',
  'sourceVpcArn',
  'protocol',
  'sourceIpPort',
  'destinationIpPort',
  'gatewayIpPort',
  'resourceIpPort',
] as const satisfies (keyof ResourceAccessLogRecord)[];

/** Columns of the records of resource configurations. */
export const connectionColumns: Columns = {
  connection_key: 'text',
  source: 'text',
  twin: 'boolean',
  time_ms: 'integer',
  ...Object.fromEntries(fields.map(field => [columnOf(field), 'text'])),
  other: 'text',
};

/** A connection as it is written. */
export function rowOfConnection(connection: StoredConnection): Row {
  const { key, source, twin, record } = connection;
  const row: Row = {
    connection_key: key,
    source,
    twin,
    time_ms: record.timestamp,
  };
  for (const field of fields) {
    row[columnOf(field)] = record[field];
  }
  row.other =
    Object.keys(record.other).length > 0
      ? JSON.stringify(record.other)
      : undefined;
  return row;
}

/** A connection as it was written. */
export function connectionOfRow(row: Row): StoredConnection {
  const record: Record<string, unknown> = { timestamp: row.time_ms };
  for (const field of fields) {
    record[field] = row[columnOf(field)];
  }
  record.other = typeof row.other === 'string' ? JSON.parse(row.other) : {};
  return {
    key: String(row.connection_key),
    source: String(row.source),
    twin: row.twin === true,
    record: record as unknown as ResourceAccessLogRecord,
  };
}
