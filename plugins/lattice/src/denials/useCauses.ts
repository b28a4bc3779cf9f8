import type {
  DenialCauses,
  DeniedRequestFilter,
} from '@lattice-portal/plugin-lattice-common';
import { useLatticePages } from '../api';
import { windowStart } from '../components';

/**
 * The causes of the last hours, newest first, page by page.
 */
export function useCauses(options: {
  hours: number;
  filter: Omit<DeniedRequestFilter, 'from' | 'to'>;
  repeatEvery: number;
  enabled?: boolean;
}) {
  const { hours, filter, repeatEvery, enabled } = options;
  return useLatticePages<DenialCauses>({
    key: ['denial-causes', hours, filter],
    ask: (api, after) =>
      api.listDenialCauses({
        ...filter,
        // Later pages are of the window of the first: it doesn't move on meanwhile.
        ...(after ? after.window : { from: windowStart(hours) }),
        cursor: after?.nextCursor,
      }),
    repeatEvery,
    enabled,
  });
}
