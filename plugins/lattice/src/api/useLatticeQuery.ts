import { useApi } from '@backstage/frontend-plugin-api';
import type { LatticeApi } from '@lattice-portal/plugin-lattice-common';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { isFinal } from './isFinal';
import { latticeApiRef } from './latticeApiRef';

/** Options of {@link useLatticeQuery}. */
export interface LatticeQueryOptions<T> {
  /** What is asked for; a change asks again. */
  key: readonly unknown[];
  ask: (api: LatticeApi) => Promise<T>;
  /** Milliseconds between repeats, or how to tell from the last answer. Absent: asked once. */
  repeatEvery?: number | ((answer: T | undefined) => number);
  enabled?: boolean;
  /** Shows the previous answer while a changed question is being asked. */
  keepPrevious?: boolean;
}

/**
 * Asks the back end, keeps the last good answer when a repeat fails.
 */
export function useLatticeQuery<T>(options: LatticeQueryOptions<T>) {
  const api = useApi(latticeApiRef);
  const { repeatEvery } = options;
  return useQuery({
    queryKey: ['lattice', ...options.key],
    queryFn: () => options.ask(api),
    refetchInterval: query => {
      if (query.state.data === undefined && isFinal(query.state.error)) {
        return false;
      }
      return typeof repeatEvery === 'function'
        ? repeatEvery(query.state.data)
        : repeatEvery ?? false;
    },
    enabled: options.enabled,
    placeholderData: options.keepPrevious ? keepPreviousData : undefined,
  });
}
