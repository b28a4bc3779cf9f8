import { METHODS } from 'node:http';
import type { TrafficReplayCounts } from '@lattice-portal/plugin-lattice-common';
import { CallsByService } from '../calls/CallsByService';
import type { CallVerdict } from './compareResults';
import type { UnlistedGroups } from './chooseListed';
import {
  type CountedCall,
  ReplayGroups,
  type StoredReplayGroup,
} from './ReplayGroups';

/** So many groups of unchanged calls are listed: they are most of all groups, and matter least. */
const MAX_UNCHANGED = 1_000;
const known = new Set(METHODS);

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
  readonly #changed = new ReplayGroups();
  /**
   * By themselves, so that they take no place of those that change. There are many times as many, of which few are
   * listed: so fewer are looked at.
   */
  readonly #unchanged = new ReplayGroups({ candidatesForEach: 2 });
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
    if (verdict.change === 'unchanged') {
      this.#unchanged.add(withKnownMethod(call), verdict);
    } else {
      this.#changed.add(call, verdict);
    }
  }

  services(): ServiceReplayCounts[] {
    return [...this.#services].map(([serviceArn, counts]) => ({
      serviceArn,
      counts,
    }));
  }

  groups(): { groups: StoredReplayGroup[]; unlisted: UnlistedGroups[] } {
    const { groups, unlisted } = this.#unchanged.largest(MAX_UNCHANGED);
    return { groups: [...this.#changed.groups(), ...groups], unlisted };
  }
}

/** Clients choose methods: there may be as many as calls, which nothing else keeps from becoming groups. */
function withKnownMethod(call: CountedCall): CountedCall {
  const { record } = call;
  return record.requestMethod === undefined || known.has(record.requestMethod)
    ? call
    : { ...call, record: { ...record, requestMethod: undefined } };
}
