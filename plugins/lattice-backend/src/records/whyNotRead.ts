import type { StoredLogSourceStatus } from '../database/IngestStore';

/** Why a log is not being read. Undefined: it is, or will be. */
export function whyNotRead({
  status,
  error,
  paused,
}: StoredLogSourceStatus): string | undefined {
  switch (status) {
    case 'unsupported':
      return 'The portal does not read destinations of this kind';
    case 'failing':
      return `The log can’t be read: ${error?.message ?? 'no reason is known'}`;
    case 'paused':
      return `${paused?.by ?? 'Somebody'} has paused the reading of the log`;
    default:
      return undefined;
  }
}
