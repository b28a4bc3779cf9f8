import {
  type CallerKind,
  isDenied,
} from '@lattice-portal/plugin-lattice-common';
import { emptyHistogram } from '../ingest/durationHistogram';
import type { EdgeSums } from './EdgeSums';
import { isoOf } from './sql';
import type { EdgeTraffic, NewestCall, StoredCalls } from './TrafficStore';

/** Of the table `edges`: an edge has one for each way that its calls ended. */
interface KnownRow {
  number: number;
  /** Of the edge. */
  id: string;
  callerKind: CallerKind;
  newest: NewestCall;
  /** ISO 8601. */
  lastSeen: string;
}

interface KnownEdge {
  /** Whatever a range is asked for. */
  always: Omit<EdgeTraffic, 'calls' | 'durations'>;
  /** Of its rows, among all numbers. */
  places: number[];
}

/**
 * What is known of edges at any time. Immutable.
 */
export class KnownEdges {
  /** Of rows, rising. */
  readonly numbers: Float64Array;
  readonly #rows: readonly KnownRow[];
  readonly #edges: readonly KnownEdge[];

  /**
   * @param rows - of the table `edges`
   */
  static of(rows: readonly any[]): KnownEdges {
    return new KnownEdges(rows.map(toKnownRow));
  }

  private constructor(rows: KnownRow[]) {
    this.#rows = rows.sort((one, other) => one.number - other.number);
    this.numbers = Float64Array.from(rows, ({ number }) => number);
    const places = new Map<string, number[]>();
    for (let place = 0; place < rows.length; place++) {
      const ofEdge = places.get(rows[place].id);
      if (ofEdge) {
        ofEdge.push(place);
      } else {
        places.set(rows[place].id, [place]);
      }
    }
    this.#edges = Array.from(places.values(), ofEdge => ({
      always: whatIsKnown(ofEdge.map(place => rows[place])),
      places: ofEdge,
    }));
  }

  /**
   * What is known after a change.
   *
   * @param rows - of the table `edges`, those that changed
   */
  changed(rows: readonly any[]): KnownEdges {
    const byNumber = new Map(this.#rows.map(row => [row.number, row]));
    for (const row of rows.map(toKnownRow)) {
      byNumber.set(row.number, row);
    }
    return new KnownEdges([...byNumber.values()]);
  }

  /**
   * The edges that have calls.
   *
   * @param sums - for {@link KnownEdges.numbers}
   */
  withCalls(sums: EdgeSums): EdgeTraffic[] {
    const found: EdgeTraffic[] = [];
    for (const { always, places } of this.#edges) {
      const calls: StoredCalls[] = [];
      const durations = emptyHistogram();
      for (const place of places) {
        const ofRow = sums.callsOf(place);
        if (ofRow) {
          calls.push({ outcome: this.#rows[place].newest.outcome, ...ofRow });
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

function toKnownRow(row: any): KnownRow {
  return {
    number: Number(row.number),
    id: `${row.caller_id}|${row.service_arn}|${row.source_vpc_id}`,
    callerKind: row.caller_kind,
    newest: toNewestCall(row),
    lastSeen: isoOf(row.last_seen),
  };
}

/** @param rows - of one edge */
function whatIsKnown(rows: KnownRow[]): KnownEdge['always'] {
  const [{ id, callerKind, newest }] = rows;
  let denied: KnownRow | undefined;
  for (const row of rows) {
    if (
      isDenied(row.newest.outcome) &&
      row.newest.lastSeen > (denied?.newest.lastSeen ?? 0)
    ) {
      denied = row;
    }
  }
  return {
    id,
    serviceArn: newest.serviceArn,
    callerId: newest.callerId,
    callerKind,
    sourceVpcId: newest.sourceVpcId,
    lastAllowed: rows.find(row => row.newest.outcome === 'allowed')?.lastSeen,
    newestDenied: denied?.newest,
    lastDenied: denied?.lastSeen,
  };
}

/**
 * @param row - of the table `edges`
 */
export function toNewestCall(row: any): NewestCall {
  return {
    serviceArn: row.service_arn,
    callerId: row.caller_id,
    callerAccountId: row.caller_account_id || undefined,
    sourceVpcId: row.source_vpc_id || undefined,
    outcome: row.outcome,
    lastSeen: Number(row.last_seen),
    deniedRequestId: row.last_denied_id || undefined,
  };
}
