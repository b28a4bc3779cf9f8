import { useApi } from '@backstage/frontend-plugin-api';
import type { LatticeApi } from '@lattice-portal/plugin-lattice-common';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { latticeApiRef } from './latticeApiRef';
import type { LatticeQueryOptions } from './useLatticeQuery';

interface LatticePage {
  nextCursor?: string;
}

/**
 * Asks the back end for the pages of a list, one after the other. A repeat asks for all pages again.
 */
export function useLatticePages<T extends LatticePage>(
  options: Pick<LatticeQueryOptions<T>, 'key' | 'enabled'> & {
    /** `after`: the page before, where it is not the first. */
    ask: (api: LatticeApi, after: T | undefined) => Promise<T>;
    /** Milliseconds between repeats. */
    repeatEvery: number;
  },
) {
  const api = useApi(latticeApiRef);
  return useInfiniteQuery({
    queryKey: ['lattice', 'pages', ...options.key],
    queryFn: ({ pageParam }) => options.ask(api, pageParam as T | undefined),
    initialPageParam: undefined as T | undefined,
    getNextPageParam: (page: T) => (page.nextCursor ? page : undefined),
    refetchInterval: options.repeatEvery,
    enabled: options.enabled,
    placeholderData: keepPreviousData,
  });
}
