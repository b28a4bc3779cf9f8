import { useApi } from '@backstage/frontend-plugin-api';
import type { AccessRequestAction } from '@lattice-portal/plugin-lattice-common';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { latticeApiRef } from '../../api';

/** Does something with a request, then shows it as it is. */
export function useAccessRequestAction(id: string) {
  const api = useApi(latticeApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (options: { action: AccessRequestAction; comment?: string }) =>
      api.actOnAccessRequest({ id, ...options }),
    onSuccess: request => {
      client.setQueryData(['lattice', 'access-request', id], request);
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({
          queryKey: ['lattice', 'access-request', id],
        }),
        client.invalidateQueries({ queryKey: ['lattice', 'access-requests'] }),
      ]),
  });
}
