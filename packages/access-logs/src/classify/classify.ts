import type { Outcome } from '@lattice-portal/plugin-lattice-common';
import type { AccessLogRecord } from '../types';

const denials = {
  Network: 'denied-by-network',
  Service: 'denied-by-service',
  Identity: 'denied-by-identity',
} as const;

/** What {@link outcomeOf} goes by. */
export type CallEnd = Pick<
  AccessLogRecord,
  'authDeniedReason' | 'failureReason' | 'responseCode'
> & {
  /** Whether the record names a target, or a group of targets. */
  hasTarget: boolean;
};

/**
 * How a recorded call ended.
 *
 * @remarks
 * The response code alone says nothing of who refused: a 403 may be VPC Lattice's or the target's.
 * Hence, in this order:
 *
 * 1. `authDeniedReason` names the policy that refused.
 * 2. `failureReason` means that VPC Lattice could not finish the call. `ClientAccessDenied` without an
 *    `authDeniedReason` is such a failure too: no policy's verdict is on record.
 * 3. Without a target VPC Lattice answered by itself: below 400 a fixed response, else no service,
 *    rule or target was found.
 * 4. A 403 with a target is the target's own; any other answer of a target means that the policies let
 *    the call through.
 *
 * Source: https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-access-logs.html
 *
 * @public
 */
export function classify(
  record: Pick<
    AccessLogRecord,
    | 'authDeniedReason'
    | 'failureReason'
    | 'targetGroupArn'
    | 'targetIpPort'
    | 'responseCode'
  >,
): Outcome {
  const { authDeniedReason, failureReason, responseCode } = record;
  const hasTarget = Boolean(record.targetGroupArn || record.targetIpPort);
  return outcomeOf({
    authDeniedReason,
    failureReason,
    responseCode,
    hasTarget,
  });
}

/** The same, of a record that is not read as a whole. */
export function outcomeOf(end: CallEnd): Outcome {
  const { authDeniedReason, failureReason, responseCode, hasTarget } = end;
  if (authDeniedReason) {
    return denials[authDeniedReason];
  }
  if (failureReason) {
    return 'failed';
  }
  if (!hasTarget) {
    return responseCode !== undefined && responseCode < 400
      ? 'allowed'
      : 'failed';
  }
  return responseCode === 403 ? 'target-refused' : 'allowed';
}
