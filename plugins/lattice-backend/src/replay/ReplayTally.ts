import type { TrafficReplayCounts } from '@lattice-portal/plugin-lattice-common';
import { CallsByService } from './CallsByService';
import type { CallVerdict } from './compareResults';
import {
  type ChangedVerdict,
  type CountedCall,
  ReplayGroups,
  type StoredReplayGroup,
} from './ReplayGroups';

const fields: Record<CallVerdict['change'], keyof TrafficReplayCounts> = {
  'newly-allowed': 'newlyAllowed',
  'newly-denied': 'newlyDenied',
  unchanged: 'unchanged',
  unknown: 'unknown',
};

/** Calls of one service. */
export interface ServiceReplayCounts {
  serviceArn: string;
  counts: TrafficReplayCounts;
}

/** Adds up what becomes of calls. Every call is counted. */
export class ReplayTally {
  readonly #services = new Map<string, TrafficReplayCounts>();
  /** Calls that are not decided. */
  readonly leftOut = new CallsByService();
  readonly #groups = new ReplayGroups();
  calls = 0;

  add(call: CountedCall, verdict: CallVerdict): void {
    const { serviceArn } = call.record;
    let counts = this.#services.get(serviceArn);
    if (!counts) {
      counts = { newlyAllowed: 0, newlyDenied: 0, unchanged: 0, unknown: 0 };
      this.#services.set(serviceArn, counts);
    }
    counts[fields[verdict.change]] += call.count;
    this.calls += call.count;
    if (isChange(verdict)) {
      this.#groups.add(call, verdict);
    }
  }

  services(): ServiceReplayCounts[] {
    return [...this.#services].map(([serviceArn, counts]) => ({
      serviceArn,
      counts,
    }));
  }

  groups(): StoredReplayGroup[] {
    return this.#groups.groups();
  }
}

function isChange(verdict: CallVerdict): verdict is ChangedVerdict {
  return verdict.change !== 'unchanged';
}
