import type { Outcome } from '@lattice-portal/plugin-lattice-common';
import { ensure } from '../fold/ensure';
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

/** By a text: places by another, or at last groups. */
type Places = Map<string | undefined, Places | ReplayGroup>;

const newPlaces = (): Places => new Map();

/** Adds up what becomes of calls. */
export class ReplayTally {
  readonly #counts = {
    newlyAllowed: 0,
    newlyDenied: 0,
    unchanged: 0,
    unknown: 0,
  };

  readonly #groups: ReplayGroup[] = [];
  /** Of their texts one by one: a key of all of them would have to be made for each call, of which there are millions. */
  readonly #byPlace: Places = new Map();

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
    const byPath = [change, serviceArn, caller, method].reduce(
      (places, text) => ensure(places, text, newPlaces) as Places,
      this.#byPlace,
    );
    const group = ensure(byPath, path, () => {
      const made: ReplayGroup = {
        ...place,
        count: 0,
        examples: [],
        reasons: change === 'unknown' ? options.reasons() : [],
      };
      this.#groups.push(made);
      return made;
    }) as ReplayGroup;
    group.count += count;
    if (group.examples.length < MAX_EXAMPLES) {
      const example = options.example();
      if (example) {
        group.examples.push(example);
      }
    }
  }

  result(): ReplayResult {
    const all = [...this.#groups].sort((one, other) => other.count - one.count);
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
