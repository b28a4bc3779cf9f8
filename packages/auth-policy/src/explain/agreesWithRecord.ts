import { LAYER_NAMES } from '../decide/layerMessages';
import { Layer, LayerVerdict, Verdict } from '../types';

/**
 * What AWS recorded of a call.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-access-logs.html
 * @public
 */
export interface RecordedDecision {
  /** Whether VPC Lattice let the call through to a target (whatever that answered). */
  allowed: boolean;
  /** `authDeniedReason` of the access log; absent if the log has none. */
  authDeniedReason?: 'Network' | 'Service' | 'Identity';
}

/**
 * Whether a verdict and what AWS recorded agree, and what may explain it when they do not.
 *
 * @public
 */
export interface RecordAgreement {
  /** `open`: the verdict has unknowns that leave room for what was recorded. */
  agrees: boolean | 'open';
  /** One plain English sentence. */
  explanation: string;
  /** What may explain a difference; empty where there is none. */
  mayBe: string[];
}

const LAYERS = {
  Network: 'network',
  Service: 'service',
  Identity: 'identity',
} as const;

const CHANGED =
  'A policy or an auth type was changed after the call was recorded.';
const PROPAGATION =
  'A change was still propagating, which takes up to a few minutes.';
const OTHER_IDENTITY =
  "A permissions boundary, session policy or service control policy of the caller, which the verdict doesn't include.";
const ATTRIBUTES =
  'The call had attributes (headers, tags, path) other than those the verdict was made for.';
const SIGNATURE =
  'The signature of the call was not valid, which is refused before any policy.';

/**
 * Holds a verdict against what AWS recorded of the same call.
 *
 * @remarks
 * The record names one layer only, also where several deny; so a record agrees if the
 * layer that it names denies. It does not tell explicit from implicit denial.
 *
 * @public
 */
export function agreesWithRecord(
  verdict: Verdict,
  recorded: RecordedDecision,
): RecordAgreement {
  const { allowed, authDeniedReason } = recorded;
  if (allowed) {
    return compareAllowed(verdict);
  }
  return authDeniedReason
    ? compareDenied(verdict, LAYERS[authDeniedReason])
    : compareDeniedByNone(verdict);
}

function compareAllowed({ outcome, layers }: Verdict): RecordAgreement {
  switch (outcome) {
    case 'allowed':
      return agreed('The policies allow the call, as recorded.');
    case 'unknown':
      return open(
        `The call was allowed, which the policies leave open: ${unknownsOf(
          layers,
        )}.`,
      );
    default:
      return {
        agrees: false,
        explanation: `The call was allowed, but ${printDenying(
          layers,
        )} would deny it.`,
        mayBe: [CHANGED, PROPAGATION, ATTRIBUTES],
      };
  }
}

function compareDenied({ layers }: Verdict, layer: Layer): RecordAgreement {
  const row = layers.find(other => other.layer === layer);
  const name = LAYER_NAMES[layer];
  if (row && isDenying(row)) {
    return agreed(
      `The call was denied by ${name}, and its documents say the same.`,
    );
  }
  if (row?.result === 'unknown') {
    return open(
      `The call was denied by ${name}, whose verdict is open: ${unknownsOf([
        row,
      ])}.`,
    );
  }
  const says =
    row?.result === 'allowed' ? 'would allow it' : 'would not apply to it';
  return {
    agrees: false,
    explanation: `The call was denied by ${name}, but as known here that layer ${says}.`,
    mayBe: [
      CHANGED,
      PROPAGATION,
      ...(layer === 'identity' ? [OTHER_IDENTITY] : []),
      ATTRIBUTES,
    ],
  };
}

function compareDeniedByNone({ outcome, layers }: Verdict): RecordAgreement {
  switch (outcome) {
    case 'denied':
      return agreed(
        `The call was denied, and ${printDenying(layers)} would deny it.`,
      );
    case 'unknown':
      return open(
        `The call was denied without a reason, which the policies leave open: ${unknownsOf(
          layers,
        )}.`,
      );
    default:
      return {
        agrees: false,
        explanation: 'The call was denied, but the policies would allow it.',
        mayBe: [SIGNATURE, CHANGED, PROPAGATION, ATTRIBUTES],
      };
  }
}

function agreed(explanation: string): RecordAgreement {
  return { agrees: true, explanation, mayBe: [] };
}

function open(explanation: string): RecordAgreement {
  return { agrees: 'open', explanation, mayBe: [] };
}

function isDenying({ result }: LayerVerdict): boolean {
  return (
    result === 'denied' ||
    result === 'explicitly-denied' ||
    result === 'implicitly-denied'
  );
}

function printDenying(layers: LayerVerdict[]): string {
  return layers
    .filter(isDenying)
    .map(({ layer }) => LAYER_NAMES[layer])
    .join(' and ');
}

function unknownsOf(layers: LayerVerdict[]): string {
  return layers.flatMap(({ unknown }) => unknown).join('; ');
}
