import {
  type CallerKind,
  isDenied,
  type Outcome,
} from '@lattice-portal/plugin-lattice-common';
import { emptyHistogram } from '../ingest/durationHistogram';
import type { EdgeSums } from './EdgeSums';
import type { NewestOfEdge, PackedNewest } from './packedNewest';
import { isoOf } from './sql';
import type { EdgeTraffic, NewestCall, StoredCalls } from './TrafficStore';

/** Of the table `edges`: an edge has one for each way that its calls ended, in each service network. */
interface KnownRow {
  number: number;
  /** Of the edge. */
  id: string;
  callerKind: CallerKind;
  /** Empty: not known. */
  serviceNetworkArn: string;
  newest: NewestCall;
}

interface KnownEdge {
  /** Whatever a range is asked for. */
  always: Omit<EdgeTraffic, 'calls' | 'durations'>;
  /** Of its rows, among all numbers. */
  places: number[];
  /** The same, by how the calls ended. */
  placesByOutcome: [Outcome, number[]][];
}

/** {@link KnownEdges} by what they are looked up by. */
interface Places {
  /** Of rows, rising. */
  numbers: Float64Array;
  /** Of a row, by its number. */
  placeOf: ReadonlyMap<number, number>;
  /** The edge of a row, by the row's place. */
  edgeOf: readonly number[];
  /** An edge, by its id. */
  byId: ReadonlyMap<string, number>;
}

/**
 * What is known of edges at any time. Immutable.
 */
export class KnownEdges {
  static readonly #nothing = new KnownEdges(
    {
      numbers: new Float64Array(),
      placeOf: new Map(),
      edgeOf: [],
      byId: new Map(),
    },
    [],
    [],
  );

  readonly #networks = new Map<string, KnownEdges>();

  /**
   * @param rows - of the table `edges`
   * @param newest - what is newest of them
   */
  static of(rows: readonly any[], newest: PackedNewest): KnownEdges {
    return KnownEdges.#nothing.#with(toKnownRows(rows, newest));
  }

  /** @param added - whose numbers are higher than all that are known */
  #with(added: KnownRow[]): KnownEdges {
    added.sort((one, other) => one.number - other.number);
    const rows = [...this.rows, ...added];
    const edges = [...this.edges];
    const placeOf = new Map(this.places.placeOf);
    const edgeOf = [...this.places.edgeOf];
    const byId = new Map(this.places.byId);
    const placesOf = new Map<number, number[]>();
    for (let place = this.rows.length; place < rows.length; place++) {
      const { id, number } = rows[place];
      const index = byId.get(id) ?? byId.size;
      byId.set(id, index);
      placeOf.set(number, place);
      edgeOf.push(index);
      const places = placesOf.get(index) ?? [...(edges[index]?.places ?? [])];
      places.push(place);
      placesOf.set(index, places);
    }
    for (const [index, places] of placesOf) {
      edges[index] = knownEdge(places, rows);
    }
    const numbers = Float64Array.from(rows, ({ number }) => number);
    return new KnownEdges({ numbers, placeOf, edgeOf, byId }, rows, edges);
  }

  private constructor(
    private readonly places: Places,
    private readonly rows: readonly KnownRow[],
    private readonly edges: readonly KnownEdge[],
  ) {}

  /** Of rows, rising. */
  get numbers(): Float64Array {
    return this.places.numbers;
  }

  /**
   * What is known of the calls in one service network.
   *
   * @param arn - empty: of calls whose network is not known
   */
  inNetwork(arn: string): KnownEdges {
    const known = this.#networks.get(arn);
    if (known) {
      return known;
    }
    const rows = this.rows.filter(
      ({ serviceNetworkArn }) => serviceNetworkArn === arn,
    );
    const edges = KnownEdges.#nothing.#with(rows);
    // Anything may be asked for: what there is not is not kept.
    if (rows.length > 0) {
      this.#networks.set(arn, edges);
    }
    return edges;
  }

  /**
   * What is known after a change.
   *
   * @param added - rows of the table `edges` that are new, whose numbers are higher than all that are known
   * @param newest - what is newest of these, and of those known that have changed
   */
  changed(added: readonly any[], newest: PackedNewest): KnownEdges {
    if (added.length > 0) {
      return this.#with(toKnownRows(added, newest)).changed([], newest);
    }
    const { placeOf, edgeOf } = this.places;
    const rows = [...this.rows];
    const changed = new Set<number>();
    for (const [number, newestOfEdge] of newest) {
      const place = placeOf.get(number);
      // Of one that was added since the edges were read, it is read again with the edge.
      if (place !== undefined && isNews(rows[place], newestOfEdge)) {
        const { newest: before } = rows[place];
        const now = { ...before, ...newestOfEdge };
        rows[place] = { ...rows[place], newest: now };
        changed.add(edgeOf[place]);
      }
    }
    const edges = [...this.edges];
    for (const index of changed) {
      const { places } = edges[index];
      edges[index] = {
        ...edges[index],
        always: whatIsKnown(places.map(place => rows[place])),
      };
    }
    return new KnownEdges(this.places, rows, edges);
  }

  /**
   * The edges that have calls.
   *
   * @param sums - for {@link KnownEdges.numbers}
   */
  withCalls(sums: EdgeSums): EdgeTraffic[] {
    return this.edges.flatMap(edge => trafficOf(edge, sums) ?? []);
  }

  /**
   * What is known of each edge in a range, in the order of edges. Absent: it has no calls.
   *
   * @param sums - for {@link KnownEdges.numbers}
   * @param before - what was known: it is the same where nothing has changed since. `places`: of rows that
   * have other sums
   */
  trafficOfEach(
    sums: EdgeSums,
    before?: {
      edges: KnownEdges;
      traffic: readonly (EdgeTraffic | undefined)[];
      places: ReadonlySet<number>;
    },
  ): (EdgeTraffic | undefined)[] {
    if (!before) {
      return this.edges.map(edge => trafficOf(edge, sums));
    }
    const changed = new Set<number>();
    for (const place of before.places) {
      changed.add(this.places.edgeOf[place]);
    }
    return this.edges.map((edge, index) =>
      edge === before.edges.edges[index] && !changed.has(index)
        ? before.traffic[index]
        : trafficOf(edge, sums),
    );
  }

  /** Whether all that others know is at the same place here. */
  continues(others: KnownEdges): boolean {
    // Numbers rise, and are added at the end: if one of them went away, the last is at another place.
    const last = others.numbers.length - 1;
    return last < 0 || this.numbers[last] === others.numbers[last];
  }
}

function trafficOf(
  { always, placesByOutcome }: KnownEdge,
  sums: EdgeSums,
): EdgeTraffic | undefined {
  const calls: StoredCalls[] = [];
  const durations = emptyHistogram();
  for (const [outcome, places] of placesByOutcome) {
    const ofOutcome = callsOf(outcome, places, sums);
    if (ofOutcome) {
      calls.push(ofOutcome);
    }
    for (const place of places) {
      sums.addDurations(place, durations);
    }
  }
  return calls.length > 0 ? { ...always, calls, durations } : undefined;
}

function toKnownRows(rows: readonly any[], newest: PackedNewest): KnownRow[] {
  return toNewestCalls(rows, newest).map(([row, call]) => ({
    number: Number(row.number),
    id: `${row.caller_id}|${row.service_arn}|${row.source_vpc_id}`,
    callerKind: row.caller_kind,
    serviceNetworkArn: row.service_network_arn,
    newest: call,
  }));
}

function isNews({ newest }: KnownRow, other: NewestOfEdge): boolean {
  return (
    newest.lastSeen !== other.lastSeen ||
    newest.deniedRequestId !== other.deniedRequestId
  );
}

/** @param places - of the edge's own, among all rows */
function knownEdge(places: number[], all: readonly KnownRow[]): KnownEdge {
  const byOutcome = new Map<Outcome, number[]>();
  for (const place of places) {
    const { outcome } = all[place].newest;
    byOutcome.set(outcome, [...(byOutcome.get(outcome) ?? []), place]);
  }
  return {
    always: whatIsKnown(places.map(place => all[place])),
    places,
    placesByOutcome: [...byOutcome],
  };
}

/** @param places - of the calls of an edge that ended in one way */
function callsOf(
  outcome: Outcome,
  places: number[],
  sums: EdgeSums,
): StoredCalls | undefined {
  let calls: StoredCalls | undefined;
  for (const place of places) {
    const count = sums.countOf(place);
    if (count > 0) {
      const firstSeen = sums.firstSeenOf(place);
      const lastSeen = sums.lastSeenOf(place);
      if (calls) {
        calls.count += count;
        calls.firstSeen = Math.min(calls.firstSeen, firstSeen);
        calls.lastSeen = Math.max(calls.lastSeen, lastSeen);
      } else {
        calls = { outcome, count, firstSeen, lastSeen };
      }
    }
  }
  return calls;
}

/** @param rows - of one edge */
function whatIsKnown(rows: KnownRow[]): KnownEdge['always'] {
  const [{ id, callerKind, newest }] = rows;
  const allowed = newestOf(rows, outcome => outcome === 'allowed');
  const denied = newestOf(rows, isDenied);
  return {
    id,
    serviceArn: newest.serviceArn,
    callerId: newest.callerId,
    callerKind,
    sourceVpcId: newest.sourceVpcId,
    lastAllowed: allowed && isoOf(allowed.lastSeen),
    newestDenied: denied,
    lastDenied: denied && isoOf(denied.lastSeen),
  };
}

function newestOf(
  rows: KnownRow[],
  fits: (outcome: Outcome) => boolean,
): NewestCall | undefined {
  let newest: NewestCall | undefined;
  for (const { newest: call } of rows) {
    if (fits(call.outcome) && call.lastSeen > (newest?.lastSeen ?? 0)) {
      newest = call;
    }
  }
  return newest;
}

/**
 * Newest calls, each with its row; an edge that was forgotten while it was read has none any more.
 *
 * @param rows - of the table `edges`, read before what is newest of them
 */
export function toNewestCalls(
  rows: readonly any[],
  newest: PackedNewest,
): [row: any, call: NewestCall][] {
  return rows.flatMap((row): [any, NewestCall][] => {
    const newestOfEdge = newest.get(Number(row.number));
    return newestOfEdge ? [[row, toNewestCall(row, newestOfEdge)]] : [];
  });
}

function toNewestCall(row: any, newest: NewestOfEdge): NewestCall {
  return {
    serviceArn: row.service_arn,
    callerId: row.caller_id,
    callerAccountId: row.caller_account_id || undefined,
    sourceVpcId: row.source_vpc_id || undefined,
    outcome: row.outcome,
    ...newest,
  };
}
