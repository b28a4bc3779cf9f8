import type {
  RecordGap,
  TimeWindow,
} from '@lattice-portal/plugin-lattice-common';
import type { ServiceCalls } from './CallsByService';

/** The calls over who knows which network that a viewer may see, as a gap. Empty: there are none. */
export function networkUnknownGap(options: {
  calls: readonly ServiceCalls[];
  window: TimeWindow;
  maySee: (serviceArn: string) => boolean;
}): RecordGap[] {
  const { window, maySee } = options;
  const calls = options.calls
    .filter(({ serviceArn }) => maySee(serviceArn))
    .reduce((sum, one) => sum + one.calls, 0);
  return calls === 0 ? [] : [{ kind: 'network-unknown', ...window, calls }];
}
