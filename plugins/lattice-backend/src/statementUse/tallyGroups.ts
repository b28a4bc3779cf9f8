import type { CallFilter } from '@lattice-portal/plugin-lattice-common';
import { isAskedFor } from '../calls/isAskedFor';
import { CallsByService } from '../calls/CallsByService';
import type { EnforcedPolicy } from './EnforcedPolicy';
import { StatementTally } from './StatementTally';
import type { UseGroup } from './UseGroups';

const NETWORK_UNKNOWN =
  'over which service network the call went, which is not on record';

/**
 * Adds up what a policy's statements decided of the calls that are asked for.
 *
 * @remarks
 * Calls of which it is not on record over which network they went are no network's: they are counted apart, and
 * what they used is what may have been used.
 *
 * @param options - `tally` and `networkUnknown`: what it is added to
 */
export function tallyGroups(options: {
  policy: Pick<EnforcedPolicy, 'layer' | 'resourceArn'>;
  groups: readonly UseGroup[];
  filter: CallFilter;
  tally: StatementTally;
  networkUnknown: CallsByService;
}): void {
  const { policy, groups, filter, tally, networkUnknown } = options;
  const networkArn =
    policy.layer === 'network' ? policy.resourceArn : filter.serviceNetworkArn;
  for (const group of groups) {
    const { serviceArn, serviceNetworkArn, calls, uses } = group;
    if (!isAskedFor(group, filter)) {
      continue;
    }
    if (networkArn === undefined || serviceNetworkArn === networkArn) {
      tally.addUses(calls, uses);
    } else if (serviceNetworkArn === undefined) {
      networkUnknown.add({ serviceArn, calls });
      tally.addPossibleUses(uses, NETWORK_UNKNOWN);
    }
  }
}
