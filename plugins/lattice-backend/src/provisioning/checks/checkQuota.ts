import type {
  ProvisioningCheck,
  ReadResult,
} from '@lattice-portal/plugin-lattice-common';
import type { LatticeQuota } from '@lattice-portal/plugin-lattice-node';
import { checkRead, passes, refused, unknown } from './checkRead';
import type { Count } from './PlanFacts';

export function checkQuota(options: {
  id: 'services-quota' | 'associations-quota' | 'networks-quota';
  used: Count;
  quotas: ReadResult<LatticeQuota>;
  pattern: RegExp;
  what: string;
}): ProvisioningCheck {
  const { id, used, quotas, pattern, what } = options;
  const read = checkRead(id, quotas, `The quota of ${what}`, items => {
    const quota = items.find(({ name }) => pattern.test(name));
    if (!quota) {
      return unknown(`AWS names no quota of ${what}.`);
    }
    if (used.status === 'unknown') {
      return unknown(
        `How many ${what} there are is not known: ${used.reason}. The quota is ${quota.value}.`,
      );
    }
    const state = `${used.count} of ${quota.value} ${what}`;
    return used.count >= quota.value
      ? refused(
          `${state}: the quota is used up. Ask AWS for a higher one, or take one out.`,
        )
      : passes(`${state}.`);
  });
  return read;
}
