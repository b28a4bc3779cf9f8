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

/** The same edge comes again for as long as nothing changes, and there are thousands. */
const made = new WeakMap<EdgeTraffic, MapEdge>();

/**
 * Adds up the calls of edges, however they ended.
 */
export function toMapEdges(options: {
  traffic: readonly EdgeTraffic[];
  allowsDenied: AllowsDenied;
}): MapEdge[] {
  return options.traffic.map(edge => toMapEdge(edge, options.allowsDenied));
}

function toMapEdge(edge: EdgeTraffic, allowsDenied: AllowsDenied): MapEdge {
  let all = made.get(edge);
  if (!all) {
    all = forEverybody(edge);
    made.set(edge, all);
  }
  const lastDeniedRequestId = deniedRequestIdOf(edge, allowsDenied);
  return lastDeniedRequestId === undefined
    ? all
    : { ...all, lastDeniedRequestId };
}

/** What is the same for all who may see the edge. */
function forEverybody(edge: EdgeTraffic): MapEdge {
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
    lastDeniedRequestId: undefined,
  };
}

function deniedRequestIdOf(
  { newestDenied }: EdgeTraffic,
  allowsDenied: AllowsDenied,
): string | undefined {
  const id = newestDenied?.deniedRequestId;
  return id !== undefined && allowsDenied({ ...newestDenied!, id })
    ? id
    : undefined;
}
