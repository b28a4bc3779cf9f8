import type {
  Completeness,
  LogSourceStatus,
} from '@lattice-portal/plugin-lattice-common';
import type { StoredLogSourceStatus } from '../database/IngestStore';
import type { EstateIndex } from '../estate/EstateIndex';

/**
 * How far logs and accounts have been read, and what became of the lines.
 */
export function completenessOf(
  sources: readonly StoredLogSourceStatus[],
  index: EstateIndex,
): Completeness {
  const sum = (
    key:
      | 'linesRead'
      | 'stored'
      | 'connections'
      | 'duplicates'
      | 'twins'
      | 'unparsed',
  ) => sources.reduce((total, source) => total + source[key], 0);
  return {
    linesRead: sum('linesRead'),
    stored: sum('stored'),
    connections: sum('connections'),
    duplicates: sum('duplicates'),
    twins: sum('twins'),
    unparsed: sum('unparsed'),
    sources: sources.map(toStatus),
    accounts: index.snapshots.map(({ estate: _, ...freshness }) => freshness),
  };
}

function toStatus(source: StoredLogSourceStatus): LogSourceStatus {
  const {
    number: _,
    stored,
    connections,
    duplicates,
    twins,
    ...status
  } = source;
  return status;
}
