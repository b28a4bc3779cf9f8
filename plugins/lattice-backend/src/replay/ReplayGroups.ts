import { pathShape } from '@lattice-portal/access-logs';
import type {
  TrafficReplayChange,
  TrafficReplayGroup,
  TrafficReplayLayer,
} from '@lattice-portal/plugin-lattice-common';
import { chooseListed, type UnlistedGroups } from './chooseListed';
import type { CallVerdict, OpenReason } from './compareResults';
import { compareTexts } from './compareTexts';
import { addExample, type Example, oldestExample } from './newestExamples';
import type { RecordedCall } from './RecordedCall';

/** So many groups are told apart by path, those with the most calls: callers choose paths. */
const MAX_GROUPS_BY_PATH = 2_000;
/** Which have the most calls is found out among so many, the first by their texts. */
const CANDIDATES_FOR_EACH = 5;

const order: TrafficReplayChange[] = [
  'newly-denied',
  'unknown',
  'newly-allowed',
  'unchanged',
];

/** A group as it is kept: which reasons may be shown depends on the viewer. */
export interface StoredReplayGroup
  extends Omit<TrafficReplayGroup, 'serviceName' | 'reasons'> {
  callerAccountId?: string;
  reasons: OpenReason[];
}

/** Calls of one kind. */
export interface CountedCall extends RecordedCall {
  count: number;
  /** Milliseconds since the epoch. */
  firstSeen: number;
  /** Milliseconds since the epoch. */
  lastSeen: number;
}

/** What is added up of a group. */
interface Sum {
  count: number;
  firstSeen: number;
  lastSeen: number;
  reasons: OpenReason[];
  examples: Example[];
}

/** Calls that agree in all but their path. */
interface Kind {
  caller: RecordedCall['caller'];
  serviceArn: string;
  method?: string;
  change: TrafficReplayChange;
  layers: TrafficReplayLayer[];
  /** The same for the same kind, whatever came before it. */
  text: string;
  /** Absent: no calls are told apart by path yet. There are many kinds, most of them behind the limit. */
  byPath?: Map<string, Sum>;
  /** Of the calls that are not told apart by path. */
  rest?: Sum;
  /** Whether none of its calls are any more. */
  isBehindLimit: boolean;
}

/** What layers say of calls. */
interface Saying {
  number: number;
  text: string;
}

/** One of the sums. */
interface Place {
  kind: Kind;
  /** Without characters: of calls that are not told apart by path. */
  shape: string;
  sum: Sum;
}

/**
 * Groups calls by what becomes of them, caller, service, method, shape of the path, and what the layers say.
 *
 * @remarks
 * The order in which calls come does not matter: neither for the groups nor for which of them are told apart
 * by path.
 */
export class ReplayGroups {
  /** By caller and service, then by what else tells kinds apart. */
  readonly #kinds = new Map<string, Map<string, Kind>>();
  readonly #sayings = new WeakMap<readonly TrafficReplayLayer[], Saying>();
  readonly #sayingsByText = new Map<string, Saying>();
  readonly #max: number;
  readonly #candidates: number;
  /** Calls of one caller to one service mostly come together. */
  #last?: { callerId: string; serviceArn: string; kinds: Map<string, Kind> };
  #size = 0;
  /** What comes behind it is not told apart by path any more. */
  #limit?: Pick<Place, 'kind' | 'shape'>;

  constructor(
    options: { maxByPath?: number; candidatesForEach?: number } = {},
  ) {
    this.#max = options.maxByPath ?? MAX_GROUPS_BY_PATH;
    this.#candidates =
      this.#max * (options.candidatesForEach ?? CANDIDATES_FOR_EACH);
  }

  add(call: CountedCall, verdict: CallVerdict): void {
    const { requestPath: path, sourceVpcId } = call.record;
    const sum = this.#sumFor(this.#kindOf(call, verdict), path);
    count(sum, call, verdict.reasons);
    const { lastSeen: time, outcome } = call;
    if (!(time < oldestExample(sum.examples))) {
      addExample(sum.examples, { time, path, sourceVpcId, outcome });
    }
  }

  /** The groups with the most calls first, by what changes. */
  groups(): StoredReplayGroup[] {
    return this.#sorted().map(groupOf);
  }

  /** As {@link groups}, as many as are asked for: the largest of each service. */
  largest(max: number): {
    groups: StoredReplayGroup[];
    unlisted: UnlistedGroups[];
  } {
    // Groups are made of those alone that are listed: there may be many times as many.
    const { listed, unlisted } = chooseListed({
      groups: this.#sorted().map(place => ({
        serviceArn: place.kind.serviceArn,
        callerAccountId: place.kind.caller.accountId,
        count: place.sum.count,
        place,
      })),
      max,
    });
    return { groups: listed.map(({ place }) => groupOf(place)), unlisted };
  }

  #sorted(): Place[] {
    const places = this.#places();
    if (places.length > this.#max) {
      const kept = places
        .sort(byText)
        .slice(0, this.#candidates)
        .sort((one, other) => other.sum.count - one.sum.count)
        .slice(0, this.#max);
      this.#keepOnly(new Set(kept.map(({ sum }) => sum)));
    }
    const rests = this.#allKinds().flatMap(kind =>
      kind.rest ? [{ kind, shape: '', sum: kind.rest }] : [],
    );
    return [...rests, ...this.#places()].sort(
      (one, other) =>
        orderOf(one.kind) - orderOf(other.kind) ||
        other.sum.count - one.sum.count ||
        byText(one, other),
    );
  }

  #sumFor(kind: Kind, path: string | undefined): Sum {
    if (!path || kind.isBehindLimit) {
      kind.rest ??= newSum();
      return kind.rest;
    }
    const shape = pathShape(path);
    const found = kind.byPath?.get(shape);
    if (found) {
      return found;
    }
    if (this.#limit && byText({ kind, shape }, this.#limit) > 0) {
      kind.rest ??= newSum();
      return kind.rest;
    }
    if (this.#size >= 2 * this.#candidates) {
      this.#dropLast();
      return this.#sumFor(kind, path);
    }
    const sum = newSum();
    kind.byPath ??= new Map();
    kind.byPath.set(shape, sum);
    this.#size++;
    return sum;
  }

  /** A place among the first stays there whatever comes: its calls are all counted by path. */
  #dropLast(): void {
    const first = this.#places().sort(byText).slice(0, this.#candidates);
    this.#limit = first[first.length - 1];
    for (const kind of this.#allKinds()) {
      kind.isBehindLimit = this.#isBehindLimit(kind.text);
    }
    this.#keepOnly(new Set(first.map(({ sum }) => sum)));
  }

  #isBehindLimit(text: string): boolean {
    return (
      this.#limit !== undefined && compareTexts(text, this.#limit.kind.text) > 0
    );
  }

  #keepOnly(kept: ReadonlySet<Sum>): void {
    for (const { kind, shape, sum } of this.#places()) {
      if (!kept.has(sum)) {
        kind.byPath?.delete(shape);
        kind.rest ??= newSum();
        addTo(kind.rest, sum);
      }
    }
    this.#size = kept.size;
  }

  #allKinds(): Kind[] {
    return [...this.#kinds.values()].flatMap(kinds => [...kinds.values()]);
  }

  #places(): Place[] {
    return this.#allKinds().flatMap(kind =>
      [...(kind.byPath ?? [])].map(([shape, sum]) => ({ kind, shape, sum })),
    );
  }

  #kindOf(call: RecordedCall, verdict: CallVerdict): Kind {
    const kinds = this.#kindsBetween(call);
    const { change, layers } = verdict;
    const { requestMethod: method } = call.record;
    const said = this.#sayingOf(layers);
    const key = `${change} ${said.number} ${methodText(method)}`;
    let kind = kinds.get(key);
    if (!kind) {
      const { serviceArn } = call.record;
      const { caller } = call;
      const { id } = caller;
      const text = `${change} ${id.length} ${id} ${serviceArn} ${
        said.text
      } ${methodText(method)}`;
      // Not the call: there are many kinds, and a record holds more than they need.
      kind = {
        caller,
        serviceArn,
        method,
        change,
        layers,
        text,
        isBehindLimit: this.#isBehindLimit(text),
      };
      kinds.set(key, kind);
    }
    return kind;
  }

  #kindsBetween({ record, caller }: RecordedCall): Map<string, Kind> {
    const { serviceArn } = record;
    const { id } = caller;
    const last = this.#last;
    if (last?.callerId === id && last.serviceArn === serviceArn) {
      return last.kinds;
    }
    const key = `${id.length} ${id} ${serviceArn}`;
    const kinds = this.#kinds.get(key) ?? new Map<string, Kind>();
    this.#kinds.set(key, kinds);
    this.#last = { callerId: id, serviceArn, kinds };
    return kinds;
  }

  /** What layers say is mostly the same. */
  #sayingOf(layers: readonly TrafficReplayLayer[]): Saying {
    let saying = this.#sayings.get(layers);
    if (!saying) {
      const text = layers
        .map(({ layer, before, after }) => `${layer} ${before} ${after}`)
        .join();
      saying = this.#sayingsByText.get(text) ?? {
        number: this.#sayingsByText.size,
        text,
      };
      this.#sayingsByText.set(text, saying);
      this.#sayings.set(layers, saying);
    }
    return saying;
  }
}

/** Tells no method from any text: clients choose it. */
function methodText(method: string | undefined): string {
  return method === undefined ? '' : `:${method}`;
}

function byText(
  one: Pick<Place, 'kind' | 'shape'>,
  other: Pick<Place, 'kind' | 'shape'>,
): number {
  return (
    compareTexts(one.kind.text, other.kind.text) ||
    compareTexts(one.shape, other.shape)
  );
}

function newSum(): Sum {
  return {
    count: 0,
    firstSeen: Infinity,
    lastSeen: -Infinity,
    reasons: [],
    examples: [],
  };
}

function addTo(sum: Sum, other: Sum): void {
  count(sum, other, other.reasons);
  for (const example of other.examples) {
    addExample(sum.examples, example);
  }
}

function count(
  sum: Sum,
  other: Pick<Sum, 'count' | 'firstSeen' | 'lastSeen'>,
  reasons: readonly OpenReason[],
): void {
  sum.count += other.count;
  sum.firstSeen = Math.min(sum.firstSeen, other.firstSeen);
  sum.lastSeen = Math.max(sum.lastSeen, other.lastSeen);
  for (const reason of reasons) {
    if (!sum.reasons.some(({ text }) => text === reason.text)) {
      sum.reasons.push(reason);
    }
  }
}

function orderOf({ change }: Kind): number {
  return order.indexOf(change);
}

function groupOf({ kind, shape, sum }: Place): StoredReplayGroup {
  const { change, caller, serviceArn, method, layers } = kind;
  return {
    change,
    callerId: caller.id,
    callerAccountId: caller.accountId,
    serviceArn,
    method,
    pathShape: shape || undefined,
    count: sum.count,
    firstSeen: new Date(sum.firstSeen).toISOString(),
    lastSeen: new Date(sum.lastSeen).toISOString(),
    layers,
    reasons: sum.reasons,
    examples: sum.examples.map(example => ({
      ...example,
      time: new Date(example.time).toISOString(),
    })),
  };
}
