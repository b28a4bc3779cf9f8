import { hash } from 'node:crypto';

/**
 * What denied requests are folded by. Absent parts are empty text.
 */
export interface CauseKey {
  callerId: string;
  serviceArn: string;
  method: string;
  pathShape: string;
  sourceVpcId: string;
  outcome: string;
}

/**
 * Stable id of a cause: the same in every hour and on every replica.
 */
export function causeIdOf(key: CauseKey): string {
  return hash(
    'sha256',
    JSON.stringify([
      key.callerId,
      key.serviceArn,
      key.method,
      key.pathShape,
      key.sourceVpcId,
      key.outcome,
    ]),
  ).slice(0, 32);
}
