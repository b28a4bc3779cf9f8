import {
  emptyOutcomeCounts,
  isDenied,
  type MapEdge,
  type Outcome,
} from '@lattice-portal/plugin-lattice-common';
import type { DeniedRequestParties } from '../authorization/permissionResources';
import type { NewestCall, StoredEdge } from '../database/TrafficStore';
import { optionalIsoOf } from '../database/sql';
import {
  type DurationHistogram,
  emptyHistogram,
  percentileOf,
} from '../ingest/durationHistogram';

/** What is known of an edge beyond the window's calls. */
export interface EdgeFacts {
  /** Milliseconds since the epoch. */
  lastAllowed?: number;
  /** Milliseconds since the epoch. */
  lastDenied?: number;
  lastDeniedRequestId?: string;
}

const NO_CALLS = emptyOutcomeCounts();

/**
 * Key of an edge: who calls whom from where.
 */
export function edgeKey(edge: {
  callerId: string;
  serviceArn: string;
  sourceVpcId?: string;
}): string {
  return `${edge.callerId}|${edge.serviceArn}|${edge.sourceVpcId ?? ''}`;
}

/**
 * What is known of each edge, by {@link edgeKey}.
 *
 * @param options - `newest`: of all of the memory; `allowsDenied`: whether the viewer may read a denied
 * request
 */
export function edgeFactsOf(options: {
  newest: NewestCall[];
  allowsDenied: (denied: DeniedRequestParties) => boolean;
}): Map<string, EdgeFacts> {
  const facts = new Map<string, EdgeFacts>();
  for (const call of options.newest) {
    const key = edgeKey(call);
    const ofEdge: EdgeFacts = facts.get(key) ?? {};
    const { deniedRequestId: id, lastSeen } = call;
    if (call.outcome === 'allowed') {
      ofEdge.lastAllowed = lastSeen;
    } else if (isDenied(call.outcome) && lastSeen > (ofEdge.lastDenied ?? 0)) {
      ofEdge.lastDenied = lastSeen;
      ofEdge.lastDeniedRequestId =
        id !== undefined && options.allowsDenied({ ...call, id })
          ? id
          : undefined;
    }
    facts.set(key, ofEdge);
  }
  return facts;
}

/**
 * Folds stored rows, one per outcome, to edges.
 *
 * @param options - `facts` by {@link edgeKey}
 */
export function toMapEdges(options: {
  rows: StoredEdge[];
  facts: ReadonlyMap<string, EdgeFacts>;
}): MapEdge[] {
  const groups = new Map<string, StoredEdge[]>();
  for (const row of options.rows) {
    const key = edgeKey(row);
    const group = groups.get(key);
    if (group) {
      group.push(row);
    } else {
      groups.set(key, [row]);
    }
  }
  return [...groups].map(([id, rows]) =>
    toMapEdge(id, rows, options.facts.get(id) ?? {}),
  );
}

function toMapEdge(id: string, rows: StoredEdge[], facts: EdgeFacts): MapEdge {
  // A copy is made faster than the object, and there are thousands of edges.
  const counts = { ...NO_CALLS };
  const durations = durationsOf(rows);
  let newest = rows[0];
  let firstSeen = rows[0].firstSeen;
  for (const row of rows) {
    counts[row.outcome as Outcome] += row.count;
    newest = row.lastSeen > newest.lastSeen ? row : newest;
    firstSeen = Math.min(firstSeen, row.firstSeen);
  }
  return {
    id,
    callerId: newest.callerId,
    serviceArn: newest.serviceArn,
    sourceVpcId: newest.sourceVpcId,
    counts,
    lastOutcome: newest.outcome,
    firstSeen: new Date(firstSeen).toISOString(),
    lastSeen: new Date(newest.lastSeen).toISOString(),
    lastAllowed: optionalIsoOf(facts.lastAllowed),
    lastDenied: optionalIsoOf(facts.lastDenied),
    durationP50: percentileOf(durations, 0.5),
    durationP95: percentileOf(durations, 0.95),
    lastDeniedRequestId: facts.lastDeniedRequestId,
  };
}

/** Most edges end in one way only, and need no adding up. */
function durationsOf(rows: StoredEdge[]): DurationHistogram {
  if (rows.length === 1) {
    return rows[0].durations;
  }
  const sum = emptyHistogram();
  for (const { durations } of rows) {
    for (let index = 0; index < sum.length; index++) {
      sum[index] += durations[index];
    }
  }
  return sum;
}
