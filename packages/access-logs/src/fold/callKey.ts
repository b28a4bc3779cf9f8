import { hash } from 'node:crypto';
import type { CallFacts } from '../parse/readCallFacts';
import type { AccessLogRecord } from '../types';

/**
 * Key of the call behind a record: the network's log and the service's log write the same call, each
 * once, and both records have the same key.
 *
 * @remarks
 * 64 hexadecimal characters. A client may set the request id itself, so that id alone does not tell two
 * calls apart; with the start (to the second), the service, the connection and the request line it does.
 * Source: https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-access-logs.html
 *
 * @public
 */
export function callKey(record: AccessLogRecord): string {
  return hash('sha256', callIdentity(record));
}

/** What {@link callKey} is the hash of. */
export function callIdentity(record: CallFacts): string {
  const parts = [
    record.requestId,
    record.timestamp,
    record.serviceArn,
    record.sourceIpPort,
    record.requestMethod,
    record.requestPath,
    record.requestQuery,
  ];
  if (record.requestId === undefined) {
    parts.push(
      record.duration,
      record.responseCode,
      record.authDeniedReason,
      record.resolvedUser,
      record.bytesReceived,
      record.bytesSent,
      record.targetIpPort,
    );
  }
  return JSON.stringify(parts);
}
