import { callColumns } from './calls';
import type { Columns } from './Column';
import { connectionColumns } from './connections';

/** The tables: calls to services, and TCP connections to resource configurations. */
export type TableName = 'calls' | 'connections';

/** A table: what it holds, and by what its files are sorted. */
export interface Table {
  columns: Columns;
  sortedBy: readonly string[];
}

/** Every table by its name, which is also the folder of its files. */
export const tables: Record<TableName, Table> = {
  calls: {
    columns: callColumns,
    sortedBy: ['service_arn', 'time_ms', 'call_key', 'twin', 'source'],
  },
  connections: {
    columns: connectionColumns,
    sortedBy: [
      'resource_configuration_arn',
      'time_ms',
      'connection_key',
      'twin',
      'source',
    ],
  },
};
