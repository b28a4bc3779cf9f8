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
  /** ISO 8601. */
  lastSeen: string;
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
  /** Of the edge of a row, by the row's place. */
  edgeOf: Uint32Array;
}

/**
 * What is known of edges at any time. Immutable.
 */
export class KnownEdges {
  readonly #networks = new Map<string, KnownEdges>();

  /**
   * @param rows - of the table `edges`
   * @param newest - what is newest of them
   */
  static of(rows: readonly any[], newest: PackedNewest): KnownEdges {
    return KnownEdges.#of(toKnownRows(rows, newest));
  }

  static #of(unsorted: KnownRow[]): KnownEdges {
    const rows = unsorted.sort((one, other) => one.number - other.number);
    const byId = new Map<string, { index: number; places: number[] }>();
    const edgeOf = new Uint32Array(rows.length);
    for (const [place, { id }] of rows.entries()) {
      const edge = byId.get(id) ?? { index: byId.size, places: [] };
      edge.places.push(place);
      edgeOf[place] = edge.index;
      byId.set(id, edge);
    }
    return new KnownEdges(
      {
        numbers: Float64Array.from(rows, ({ number }) => number),
        placeOf: new Map(rows.map(({ number }, place) => [number, place])),
        edgeOf,
      },
      rows,
      Array.from(byId.values(), ({ places }) => knownEdge(places, rows)),
    );
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
    const edges = KnownEdges.#of(rows);
    // Anything may be asked for: what there is not is not kept.
    if (rows.length > 0) {
      this.#networks.set(arn, edges);
    }
    return edges;
  }

  /**
   * What is known after a change.
   *
   * @param added - rows of the table `edges` that are new
   * @param newest - what is newest of these, and of those known that have changed
   */
  changed(added: readonly any[], newest: PackedNewest): KnownEdges {
    if (added.length > 0) {
      return KnownEdges.#of([
        ...this.rows,
        ...toKnownRows(added, newest),
      ]).changed([], newest);
    }
    const { placeOf, edgeOf } = this.places;
    const rows = [...this.rows];
    const changed = new Set<number>();
    for (const [number, newestOfEdge] of newest) {
      const place = placeOf.get(number);
      // Of one that was added since the edges were read, it is read again with the edge.
      if (place !== undefined && isNews(rows[place], newestOfEdge)) {
        rows[place] = withNewest(rows[place], newestOfEdge);
        changed.add(edgeOf[place]);
      }
    }
    const edges = [...this.edges];
    for (const index of changed) {
      edges[index] = knownEdge(edges[index].places, rows);
    }
    return new KnownEdges(this.places, rows, edges);
  }

  /**
   * The edges that have calls.
   *
   * @param sums - for {@link KnownEdges.numbers}
   */
  withCalls(sums: EdgeSums): EdgeTraffic[] {
    const found: EdgeTraffic[] = [];
    for (const { always, placesByOutcome } of this.edges) {
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
      if (calls.length > 0) {
        found.push({ ...always, calls, durations });
      }
    }
    return found;
  }
}

function toKnownRows(rows: readonly any[], newest: PackedNewest): KnownRow[] {
  return toNewestCalls(rows, newest).map(([row, call]) => ({
    number: Number(row.number),
    id: `${row.caller_id}|${row.service_arn}|${row.source_vpc_id}`,
    callerKind: row.caller_kind,
    serviceNetworkArn: row.service_network_arn,
    newest: call,
    lastSeen: isoOf(call.lastSeen),
  }));
}

function isNews({ newest }: KnownRow, other: NewestOfEdge): boolean {
  return (
    newest.lastSeen !== other.lastSeen ||
    newest.deniedRequestId !== other.deniedRequestId
  );
}

function withNewest(row: KnownRow, newest: NewestOfEdge): KnownRow {
  return {
    ...row,
    newest: { ...row.newest, ...newest },
    lastSeen: isoOf(newest.lastSeen),
  };
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
  const denied = newestOf(rows, isDenied);
  return {
    id,
    serviceArn: newest.serviceArn,
    callerId: newest.callerId,
    callerKind,
    sourceVpcId: newest.sourceVpcId,
    lastAllowed: newestOf(rows, outcome => outcome === 'allowed')?.lastSeen,
    newestDenied: denied?.newest,
    lastDenied: denied?.lastSeen,
  };
}

function newestOf(
  rows: KnownRow[],
  fits: (outcome: Outcome) => boolean,
): KnownRow | undefined {
  let newest: KnownRow | undefined;
  for (const row of rows) {
    if (
      fits(row.newest.outcome) &&
      row.newest.lastSeen > (newest?.newest.lastSeen ?? 0)
    ) {
      newest = row;
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
