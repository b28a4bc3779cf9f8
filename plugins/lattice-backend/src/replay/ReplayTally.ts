import { pathShape } from '@lattice-portal/access-logs';
import type {
  TrafficReplayChange,
  TrafficReplayCounts,
  TrafficReplayExample,
  TrafficReplayGroup,
  TrafficReplayLayer,
} from '@lattice-portal/plugin-lattice-common';
import type { CallVerdict, OpenReason } from './ChangeDecider';
import type { RecordedCall } from './RecordedCall';

const MAX_EXAMPLES = 3;
/** From so many groups on, paths are not told apart in new ones: callers choose them. */
const MAX_GROUPS_BY_PATH = 2_000;

const fields: Record<CallVerdict['change'], keyof TrafficReplayCounts> = {
  'newly-allowed': 'newlyAllowed',
  'newly-denied': 'newlyDenied',
  unchanged: 'unchanged',
  unknown: 'unknown',
};

const order: TrafficReplayChange[] = [
  'newly-denied',
  'unknown',
  'newly-allowed',
];

/** A group as it is kept: which reasons may be shown depends on the viewer. */
export interface StoredReplayGroup
  extends Omit<TrafficReplayGroup, 'serviceName' | 'reasons'> {
  callerAccountId?: string;
  reasons: OpenReason[];
}

/** Times in milliseconds since the epoch. */
interface Example extends Omit<TrafficReplayExample, 'time'> {
  time: number;
}

interface Group
  extends Omit<StoredReplayGroup, 'firstSeen' | 'lastSeen' | 'examples'> {
  firstSeen: number;
  lastSeen: number;
  examples: Example[];
}

/** Calls of one service. */
export interface ServiceReplayCounts {
  serviceArn: string;
  counts: TrafficReplayCounts;
}

/** Calls of one kind. */
export interface CountedCall extends RecordedCall {
  count: number;
  /** Milliseconds since the epoch. */
  firstSeen: number;
  /** Milliseconds since the epoch. */
  lastSeen: number;
}

/** Adds up what becomes of calls. Every call is counted. */
export class ReplayTally {
  readonly #services = new Map<string, TrafficReplayCounts>();
  readonly #groups = new Map<string, Group>();
  /** What layers say is mostly the same. */
  readonly #layers = new Map<string, number>();
  readonly #maxGroups: number;
  calls = 0;

  constructor(options: { maxGroupsByPath?: number } = {}) {
    this.#maxGroups = options.maxGroupsByPath ?? MAX_GROUPS_BY_PATH;
  }

  add(call: CountedCall, verdict: CallVerdict): void {
    const { serviceArn } = call.record;
    let counts = this.#services.get(serviceArn);
    if (!counts) {
      counts = { newlyAllowed: 0, newlyDenied: 0, unchanged: 0, unknown: 0 };
      this.#services.set(serviceArn, counts);
    }
    counts[fields[verdict.change]] += call.count;
    this.calls += call.count;
    if (verdict.change !== 'unchanged') {
      this.#addToGroup(call, { ...verdict, change: verdict.change });
    }
  }

  services(): ServiceReplayCounts[] {
    return [...this.#services].map(([serviceArn, counts]) => ({
      serviceArn,
      counts,
    }));
  }

  groups(): StoredReplayGroup[] {
    return [...this.#groups.values()]
      .sort(
        (one, other) =>
          order.indexOf(one.change) - order.indexOf(other.change) ||
          other.count - one.count,
      )
      .map(group => ({
        ...group,
        firstSeen: new Date(group.firstSeen).toISOString(),
        lastSeen: new Date(group.lastSeen).toISOString(),
        examples: group.examples.map(example => ({
          ...example,
          time: new Date(example.time).toISOString(),
        })),
      }));
  }

  #addToGroup(
    call: CountedCall,
    verdict: CallVerdict & { change: TrafficReplayChange },
  ): void {
    const { count, firstSeen, lastSeen } = call;
    const group = this.#groupOf(call, verdict);
    group.count += count;
    group.firstSeen = Math.min(group.firstSeen, firstSeen);
    group.lastSeen = Math.max(group.lastSeen, lastSeen);
    for (const reason of verdict.reasons) {
      if (!group.reasons.some(({ text }) => text === reason.text)) {
        group.reasons.push(reason);
      }
    }
    addExample(group.examples, {
      time: lastSeen,
      path: call.record.requestPath,
      sourceVpcId: call.record.sourceVpcId,
      outcome: call.outcome,
    });
  }

  #groupOf(
    call: CountedCall,
    verdict: CallVerdict & { change: TrafficReplayChange },
  ): Group {
    const { record, caller } = call;
    const { change, layers } = verdict;
    const { serviceArn, requestMethod: method, requestPath } = record;
    const said = this.#numberOf(layers);
    const { id } = caller;
    const kind = `${change} ${said} ${id.length} ${id} ${serviceArn}`;
    const keyOf = (shape: string | undefined) =>
      `${kind} ${JSON.stringify([method, shape])}`;
    const shape =
      requestPath === undefined ? undefined : pathShape(requestPath);
    const found = this.#groups.get(keyOf(shape));
    if (found) {
      return found;
    }
    const kept = this.#groups.size < this.#maxGroups ? shape : undefined;
    let group = this.#groups.get(keyOf(kept));
    if (!group) {
      group = {
        change,
        callerId: id,
        callerAccountId: caller.accountId,
        serviceArn,
        method,
        pathShape: kept,
        count: 0,
        firstSeen: Infinity,
        lastSeen: -Infinity,
        layers,
        reasons: [],
        examples: [],
      };
      this.#groups.set(keyOf(kept), group);
    }
    return group;
  }

  #numberOf(layers: readonly TrafficReplayLayer[]): number {
    const text = layers
      .map(({ layer, before, after }) => `${layer} ${before} ${after}`)
      .join();
    let number = this.#layers.get(text);
    if (number === undefined) {
      number = this.#layers.size;
      this.#layers.set(text, number);
    }
    return number;
  }
}

/** Keeps the newest, one of each path. */
function addExample(examples: Example[], example: Example): void {
  const oldest = examples[MAX_EXAMPLES - 1];
  if (oldest && oldest.time >= example.time) {
    return;
  }
  const same = examples.findIndex(
    ({ path, sourceVpcId, outcome }) =>
      path === example.path &&
      sourceVpcId === example.sourceVpcId &&
      outcome === example.outcome,
  );
  if (same !== -1) {
    const [known] = examples.splice(same, 1);
    examples.push(known.time > example.time ? known : example);
  } else {
    examples.push(example);
  }
  examples.sort((one, other) => other.time - one.time);
  examples.splice(MAX_EXAMPLES);
}
