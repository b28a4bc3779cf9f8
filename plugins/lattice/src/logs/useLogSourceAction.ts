import { useApi } from '@backstage/frontend-plugin-api';
import type { LogSourceAction } from '@lattice-portal/plugin-lattice-common';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { latticeApiRef } from '../api';

/** Pauses a log source or lets it go on, then shows it as it is. */
export function useLogSourceAction() {
  const api = useApi(latticeApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (options: { number: number; action: LogSourceAction }) =>
      api.actOnLogSource(options),
    onSettled: () =>
      client.invalidateQueries({ queryKey: ['lattice', 'log-sources'] }),
  });
}
