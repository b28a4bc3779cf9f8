import {
  deniedCalls,
  isDenied,
  type MapEdge,
  type Outcome,
} from '@lattice-portal/plugin-lattice-common';
import { mainOutcome, troubles } from './edgeOutcomes';

/** Records of the same moment come in any order, so a newer one has to be newer by this. Milliseconds. */
const LEAD = 60_000;

/** How often the usual gap between denials has to go by before the rare ones count as over. */
const GAPS = 3;

/** What the state of an edge is read from. */
export type EdgeFacts = Pick<
  MapEdge,
  'counts' | 'lastOutcome' | 'firstSeen' | 'lastAllowed' | 'lastDenied'
>;

/** What an edge does now, and what most of its calls did until lately where that differs. */
export interface EdgeState {
  /** Absent: no calls. */
  outcome: Outcome | undefined;
  before?: {
    outcome: 'allowed' | 'denied';
    count: number;
    /** ISO 8601, of the last call that ended so. */
    until: string;
  };
}

/**
 * What an edge does now: how most calls ended, unless calls ended otherwise for the last minute or longer.
 */
export function edgeState(edge: EdgeFacts): EdgeState {
  const { counts, lastAllowed, lastDenied } = edge;
  const main = mainOutcome(counts);
  if (main && isDenied(main) && leads(lastAllowed, lastDenied)) {
    return {
      outcome: 'allowed',
      before: {
        outcome: 'denied',
        count: deniedCalls(edge.counts),
        until: lastDenied!,
      },
    };
  }
  const denial = newestDenial(edge);
  if (main === 'allowed' && denial && leads(lastDenied, lastAllowed)) {
    return {
      outcome: denial,
      before: {
        outcome: 'allowed',
        count: counts.allowed,
        until: lastAllowed!,
      },
    };
  }
  return { outcome: main };
}

/** Outcomes of the edge that need a look, gravest first; denials that are over don't. */
export function openTroubles(edge: EdgeFacts): Outcome[] {
  const open = troubles(edge.counts);
  return denialsAreOver(edge)
    ? open.filter(outcome => !isDenied(outcome))
    : open;
}

function denialsAreOver(edge: EdgeFacts): boolean {
  const { lastAllowed, lastDenied, firstSeen } = edge;
  if (edgeState(edge).before?.outcome === 'denied') {
    return true;
  }
  // Where most calls get through, calls that get through say little of the few that don't: these are
  // over when they would have come again by now.
  const gap =
    (Date.parse(lastDenied ?? '') - Date.parse(firstSeen)) /
    Math.max(1, deniedCalls(edge.counts));
  return leads(lastAllowed, lastDenied, Math.max(LEAD, GAPS * gap));
}

function leads(
  newer: string | undefined,
  older: string | undefined,
  by: number = LEAD,
): boolean {
  return (
    newer !== undefined &&
    older !== undefined &&
    Date.parse(newer) - Date.parse(older) > by
  );
}

function newestDenial(edge: EdgeFacts): Outcome | undefined {
  return isDenied(edge.lastOutcome)
    ? edge.lastOutcome
    : troubles(edge.counts).find(isDenied);
}
