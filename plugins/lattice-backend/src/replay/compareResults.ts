import {
  decide,
  type DecideOptions,
  type Layer,
  type LayerResult,
  type LayerVerdict,
  type OpenRequest,
  type VerdictOutcome,
} from '@lattice-portal/auth-policy';
import type {
  TrafficReplayChange,
  TrafficReplayLayer,
} from '@lattice-portal/plugin-lattice-common';
import {
  type RecordedCall,
  refusingLayer,
  wasLetThrough,
} from './RecordedCall';

/** Why something is not known. */
export interface OpenReason {
  text: string;
  /** The service, network or role whose policy it quotes. */
  resourceArn?: string;
}

/** What a change makes of a call. */
export interface CallVerdict {
  change: TrafficReplayChange;
  layers: TrafficReplayLayer[];
  /** For `unknown`. */
  reasons: OpenReason[];
}

/** What is attached to the network and to the service of a call. */
export type AttachmentPair = Pick<DecideOptions, 'network' | 'service'>;

/** What each layer says of a call. */
export type Results = Record<Layer, LayerResult>;

/** The same by the policies as they are, and as they would be. */
export type ResultPair = Record<'before' | 'after', Results>;

/** The auth policies of a call before and after a change. */
export interface PoliciesInChange {
  before: AttachmentPair;
  after: AttachmentPair;
  /** The layers whose document changes. */
  changed: ReadonlySet<Layer>;
  /** Those, and the layers of which it is not on record whether the document that changes is theirs. */
  mayChange: ReadonlySet<Layer>;
}

const layers: Layer[] = ['network', 'service', 'identity'];

/** Nothing comes of the change. */
export const UNCHANGED: CallVerdict = {
  change: 'unchanged',
  layers: [],
  reasons: [],
};

/** It can't be told what comes of the change. */
export function unknown(reasons: OpenReason[]): CallVerdict {
  return { change: 'unknown', layers: [], reasons };
}

/**
 * What a change makes of a recorded call.
 *
 * @param options - `identity`: the caller's own policies. `results`: what the layers say by all of them
 */
export function compareResults(options: {
  call: RecordedCall;
  plan: PoliciesInChange;
  request: OpenRequest;
  identity: DecideOptions['identity'];
  results: ResultPair;
}): CallVerdict {
  const { call, plan, request, identity, results } = options;
  const before = asRecorded(results.before, call, plan.changed);
  const after = asRecorded(results.after, call, plan.mayChange);
  const change = changeBetween(outcomeOf(before), outcomeOf(after));
  if (change === 'unchanged') {
    return UNCHANGED;
  }
  const rowsOf = (pair: AttachmentPair, said: Results) =>
    decide({ request, ...pair, identity }).layers.filter(
      ({ layer }) => said[layer] === 'unknown',
    );
  return {
    change,
    layers: layers.map(layer => ({
      layer,
      before: before[layer],
      after: after[layer],
    })),
    reasons:
      change === 'unknown'
        ? reasonsOf(
            [...rowsOf(plan.after, after), ...rowsOf(plan.before, before)],
            call,
            request,
          )
        : [],
  };
}

/** A layer that stays as it is did with such calls what is on record, where its policy alone can't tell. */
function asRecorded(
  results: Results,
  { outcome }: RecordedCall,
  changed: ReadonlySet<Layer>,
): Results {
  const recorded = { ...results };
  for (const layer of layers) {
    if (results[layer] === 'unknown' && !changed.has(layer)) {
      if (wasLetThrough(outcome)) {
        recorded[layer] = 'allowed';
      } else if (refusingLayer(outcome) === layer) {
        recorded[layer] = 'denied';
      }
    }
  }
  return recorded;
}

function changeBetween(
  before: VerdictOutcome,
  after: VerdictOutcome,
): CallVerdict['change'] {
  if (before === 'unknown' || after === 'unknown') {
    return 'unknown';
  }
  if (before === after) {
    return 'unchanged';
  }
  return after === 'allowed' ? 'newly-allowed' : 'newly-denied';
}

const denials: ReadonlySet<LayerResult> = new Set([
  'denied',
  'explicitly-denied',
  'implicitly-denied',
]);

function outcomeOf(results: Results): VerdictOutcome {
  let outcome: VerdictOutcome = 'allowed';
  for (const layer of layers) {
    if (denials.has(results[layer])) {
      return 'denied';
    }
    if (results[layer] === 'unknown') {
      outcome = 'unknown';
    }
  }
  return outcome;
}

function reasonsOf(
  rows: readonly LayerVerdict[],
  { record, caller }: RecordedCall,
  request: OpenRequest,
): OpenReason[] {
  const arns: Record<Layer, string | undefined> = {
    network: record.serviceNetworkArn,
    service: record.serviceArn,
    identity: ownerOf(request, caller),
  };
  const reasons = new Map<string, OpenReason>();
  for (const { layer, unknown: texts } of rows) {
    for (const text of texts) {
      reasons.set(text, { text, resourceArn: arns[layer] });
    }
  }
  return [...reasons.values()];
}

/** Whose identity-based policies a call hangs on. Absent: that is what is not known. */
function ownerOf(
  { caller }: OpenRequest,
  { id }: RecordedCall['caller'],
): string | undefined {
  switch (caller.kind) {
    case 'signed':
      return caller.roleArn ?? id;
    case 'anonymous':
      return id;
    default:
      return undefined;
  }
}
