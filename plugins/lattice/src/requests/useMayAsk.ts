import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';

/**
 * Whether the signed-in user is one of those who may ask for access; absent until known.
 *
 * @param askers - entity references
 */
export function useMayAsk(askers: string[]): boolean | undefined {
  const identityApi = useApi(identityApiRef);
  const { data } = useQuery({
    queryKey: ['lattice', 'user'],
    queryFn: () => identityApi.getBackstageIdentity(),
    staleTime: Infinity,
  });
  return data?.ownershipEntityRefs.some(ref => askers.includes(ref));
}
