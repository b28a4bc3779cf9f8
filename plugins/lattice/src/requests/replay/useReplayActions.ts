import { useApi } from '@backstage/frontend-plugin-api';
import type {
  TrafficReplay,
  TrafficReplayHours,
} from '@lattice-portal/plugin-lattice-common';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { latticeApiRef } from '../../api';

/** Whether a replay waits or runs. */
export function isActive(replay: TrafficReplay | undefined): boolean {
  return replay?.status === 'queued' || replay?.status === 'running';
}

/** Starts and cancels replays of an access request, then shows them as they are. */
export function useReplayActions(accessRequestId: string) {
  const api = useApi(latticeApiRef);
  const client = useQueryClient();
  const onSettled = () =>
    Promise.all([
      client.invalidateQueries({
        queryKey: ['lattice', 'replays', accessRequestId],
      }),
      client.invalidateQueries({ queryKey: ['lattice', 'replay'] }),
    ]);
  const start = useMutation({
    mutationFn: (options: { hours: TrafficReplayHours }) =>
      api.startTrafficReplay({ accessRequestId, ...options }),
    onSettled,
  });
  const cancel = useMutation({
    mutationFn: (options: { id: string }) => api.cancelTrafficReplay(options),
    onSettled,
  });
  return { start, cancel };
}
