import {
  emptyOutcomeCounts,
  type MapEdge,
} from '@lattice-portal/plugin-lattice-common';
import type { DeniedRequestParties } from '../authorization/permissionResources';
import type { EdgeTraffic } from '../database/TrafficStore';
import { percentileOf } from '../ingest/durationHistogram';

/** Whether the viewer may read a denied request. */
type AllowsDenied = (denied: DeniedRequestParties) => boolean;

const NO_CALLS = emptyOutcomeCounts();

/** An edge, with its denied request and without. */
interface Made {
  whole: MapEdge;
  withoutDenied?: MapEdge;
}

/** What was made of edges that may be asked for again: there are thousands, and few change. */
const made = new WeakMap<EdgeTraffic, Made>();

/**
 * Adds up the calls of edges, however they ended. Of the same edges the same objects are made.
 */
export function toMapEdges(options: {
  traffic: readonly EdgeTraffic[];
  allowsDenied: AllowsDenied;
}): MapEdge[] {
  const { traffic, allowsDenied } = options;
  return traffic.map(edge => {
    let known = made.get(edge);
    if (!known) {
      known = { whole: toMapEdge(edge) };
      made.set(edge, known);
    }
    const { whole } = known;
    const id = whole.lastDeniedRequestId;
    if (id === undefined) {
      return whole;
    }
    const { serviceArn, callerAccountId } = edge.newestDenied!;
    if (allowsDenied({ id, serviceArn, callerAccountId })) {
      return whole;
    }
    known.withoutDenied ??= { ...whole, lastDeniedRequestId: undefined };
    return known.withoutDenied;
  });
}

function toMapEdge(edge: EdgeTraffic): MapEdge {
  const { calls, durations } = edge;
  // A copy is made faster than the object, and there are thousands of edges.
  const counts = { ...NO_CALLS };
  let newest = calls[0];
  let { firstSeen } = newest;
  for (const ended of calls) {
    counts[ended.outcome] += ended.count;
    newest = ended.lastSeen > newest.lastSeen ? ended : newest;
    firstSeen = Math.min(firstSeen, ended.firstSeen);
  }
  return {
    id: edge.id,
    callerId: edge.callerId,
    serviceArn: edge.serviceArn,
    sourceVpcId: edge.sourceVpcId,
    counts,
    lastOutcome: newest.outcome,
    firstSeen: new Date(firstSeen).toISOString(),
    lastSeen: new Date(newest.lastSeen).toISOString(),
    lastAllowed: edge.lastAllowed,
    lastDenied: edge.lastDenied,
    durationP50: percentileOf(durations, 0.5),
    durationP95: percentileOf(durations, 0.95),
    lastDeniedRequestId: edge.newestDenied?.deniedRequestId,
  };
}
