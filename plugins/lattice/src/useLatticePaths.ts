import { useRouteRef } from '@backstage/core-plugin-api';
import { useMemo } from 'react';
import { rootRouteRef } from './routes';

/** What the map can be opened with. */
export interface MapTarget {
  /** Service id. */
  service?: string;
  /** Edge id. */
  edge?: string;
}

/** What the denied requests can be opened with. */
export interface DeniedTarget {
  /** Service ARN. */
  service?: string;
  /** Caller id. */
  caller?: string;
}

/** Paths of the plugin's pages, below `root`. */
export function latticePaths(root: string) {
  const base = root.replace(/\/$/, '');
  const id = encodeURIComponent;
  return {
    map: (target: MapTarget = {}) => `${base}/map${search({ ...target })}`,
    denied: (target: DeniedTarget = {}) =>
      `${base}/denied${search({ ...target })}`,
    denial: (denialId: string) => `${base}/denied/${id(denialId)}`,
    logs: () => `${base}/logs`,
    /** @param at - when the request was made, ISO 8601 */
    records: (requestId: string, at: string) =>
      `${base}/logs${search({ request: requestId, at })}`,
    requests: () => `${base}/requests`,
    request: (requestId: string) => `${base}/requests/${id(requestId)}`,
    newRequest: (from?: string) =>
      `${base}/requests/new${search({ from: from })}`,
  };
}

/** Paths of the plugin's pages, wherever it is mounted. */
export function useLatticePaths() {
  const root = useRouteRef(rootRouteRef)();
  return useMemo(() => latticePaths(root), [root]);
}

function search(parameters: Record<string, string | undefined>): string {
  const given = Object.entries(parameters).filter(
    (entry): entry is [string, string] => Boolean(entry[1]),
  );
  return given.length ? `?${new URLSearchParams(given)}` : '';
}
