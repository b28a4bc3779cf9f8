/**
 * Takes a recorded request path apart.
 *
 * @remarks
 * AWS documents the format as `LatticePath?:path`; records carry it with and without that prefix.
 * Source: https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-access-logs.html
 */
export function splitRequestPath(recorded: string): {
  path: string;
  query?: string;
} {
  const bare = recorded.startsWith('/')
    ? recorded
    : recorded.replace(/^LatticePath\??:/, '');
  const mark = bare.indexOf('?');
  if (mark === -1) {
    return { path: bare || '/' };
  }
  const query = bare.slice(mark + 1);
  return { path: bare.slice(0, mark) || '/', query: query || undefined };
}
