import {
  outcomes,
  type MapEdge,
  type ServiceMap,
} from '@lattice-portal/plugin-lattice-common';
import { formatNumber, formatRelative, outcomeDescriptions } from '../format';
import type { EdgeState } from './graph/edgeState';

/** `312 denied by service, 4 allowed`. */
export function describeCounts(counts: MapEdge['counts']): string {
  const parts = outcomes
    .filter(outcome => counts[outcome] > 0)
    .sort((a, b) => counts[b] - counts[a])
    .map(
      outcome =>
        `${formatNumber(counts[outcome])} ${outcomeDescriptions[outcome].name}`,
    );
  return parts.join(', ') || 'no calls';
}

/**
 * `416 denied until 3 min ago`; absent where the edge does what most of its calls did.
 *
 * @param now - milliseconds since the epoch
 */
export function describeBefore(
  state: EdgeState,
  now: number,
): string | undefined {
  if (!state.before) {
    return undefined;
  }
  const { outcome, count, until } = state.before;
  return `${formatNumber(count)} ${outcome} until ${formatRelative(
    until,
    now,
  )}`;
}

/**
 * How calls on an edge end: `allowed now; 416 denied until 3 min ago`, or the counts.
 *
 * @param now - milliseconds since the epoch
 */
export function describeEdge(
  counts: MapEdge['counts'],
  state: EdgeState,
  now: number,
): string {
  const before = describeBefore(state, now);
  return before && state.outcome
    ? `${outcomeDescriptions[state.outcome].name} now, ${before}`
    : describeCounts(counts);
}

/** `batch-export → inventory`. */
export function edgeTitle(map: ServiceMap, edge: MapEdge): string {
  const caller = map.callers.find(({ id }) => id === edge.callerId);
  const service = map.services.find(({ arn }) => arn === edge.serviceArn);
  return `${caller?.name ?? edge.callerId} → ${
    service?.name ?? edge.serviceArn
  }`;
}
