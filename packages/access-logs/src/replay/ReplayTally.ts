import type { Outcome } from '@lattice-portal/plugin-lattice-common';
import type { AccessLogRecord } from '../types';
import type {
  ReplayChange,
  ReplayExample,
  ReplayGroup,
  ReplayResult,
} from './types';

const MAX_EXAMPLES = 3;
const MAX_UNCHANGED = 100;

const totals = {
  'newly-allowed': 'newlyAllowed',
  'newly-denied': 'newlyDenied',
  unchanged: 'unchanged',
  unknown: 'unknown',
} as const;

/** Where a call is counted. */
export interface ReplayPlace {
  change: ReplayChange;
  caller: string;
  serviceArn: string;
  method?: string;
  path?: string;
}

/** Adds up what becomes of calls. */
export class ReplayTally {
  readonly #counts = {
    newlyAllowed: 0,
    newlyDenied: 0,
    unchanged: 0,
    unknown: 0,
  };

  readonly #groups = new Map<string, ReplayGroup>();

  /** Adds calls for which nothing is proposed. */
  addUntouched(count: number): void {
    this.#counts.unchanged += count;
  }

  add(options: {
    place: ReplayPlace;
    count: number;
    /** Asked for as long as the group has too few. */
    example: () => ReplayExample | undefined;
    /** Asked for once per group. */
    reasons: () => string[];
  }): void {
    const { place, count } = options;
    const { change, caller, serviceArn, method, path } = place;
    this.#counts[totals[change]] += count;
    const key = JSON.stringify([change, caller, serviceArn, method, path]);
    let group = this.#groups.get(key);
    if (!group) {
      group = {
        change,
        caller,
        serviceArn,
        method,
        path,
        count: 0,
        examples: [],
        reasons: change === 'unknown' ? options.reasons() : [],
      };
      this.#groups.set(key, group);
    }
    group.count += count;
    if (group.examples.length < MAX_EXAMPLES) {
      const example = options.example();
      if (example) {
        group.examples.push(example);
      }
    }
  }

  result(): ReplayResult {
    const all = [...this.#groups.values()].sort(
      (one, other) => other.count - one.count,
    );
    const unchanged = all.filter(({ change }) => change === 'unchanged');
    return {
      ...this.#counts,
      groups: all.filter(({ change }) => change !== 'unchanged'),
      unchangedGroups: {
        count: unchanged.length,
        largest: unchanged.slice(0, MAX_UNCHANGED),
      },
    };
  }
}

/** A record as an example. */
export function exampleOf(
  record: AccessLogRecord,
  outcome: Outcome,
): ReplayExample {
  const { requestId, startTime, requestPath: path, sourceVpcId } = record;
  return { requestId, startTime, path, outcome, sourceVpcId };
}
