import type {
  AccessLogCaller,
  AccessLogRecord,
} from '@lattice-portal/access-logs';
import type { Layer } from '@lattice-portal/auth-policy';
import type { Outcome } from '@lattice-portal/plugin-lattice-common';

/**
 * A recorded call with what was found out about it.
 */
export interface RecordedCall {
  record: AccessLogRecord;
  caller: AccessLogCaller;
  outcome: Outcome;
}

const refusals: Partial<Record<Outcome, Layer>> = {
  'denied-by-network': 'network',
  'denied-by-service': 'service',
  'denied-by-identity': 'identity',
};

/** The outcomes of calls that a policy refused. */
export const refusedOutcomes = Object.keys(refusals) as Outcome[];

/** The layer that is recorded to have refused a call. Absent: none is. */
export function refusingLayer(outcome: Outcome): Layer | undefined {
  return refusals[outcome];
}

/** Whether the policies are recorded to have let a call through. */
export function wasLetThrough(outcome: Outcome): boolean {
  return outcome === 'allowed' || outcome === 'target-refused';
}
