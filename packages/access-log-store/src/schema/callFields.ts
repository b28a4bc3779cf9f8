import type { AccessLogRecord } from '@lattice-portal/access-logs';
import type { ColumnType } from './Column';

/**
 * The fields of a service's record that have a column of their own.
 *
 * @remarks
 * `timestamp` is the column `time_ms`. Tags and the fields that are not documented are JSON texts.
 */
export const callFields = {
  startTime: 'text',
  requestId: 'text',
  serviceArn: 'text',
  serviceNetworkArn: 'text',
  sourceVpcArn: 'text',
  sourceVpcId: 'text',
  destinationVpcId: 'text',
  sourceIpPort: 'text',
  targetIpPort: 'text',
  targetGroupArn: 'text',
  requestMethod: 'text',
  requestPath: 'text',
  requestQuery: 'text',
  protocol: 'text',
  hostHeader: 'text',
  serverNameIndication: 'text',
  userAgent: 'text',
  sslCipher: 'text',
  tlsVersion: 'text',
  responseCode: 'integer',
  grpcResponseCode: 'number',
  failureReason: 'text',
  authDeniedReason: 'text',
  resolvedUser: 'text',
  callerPrincipal: 'text',
  callerPrincipalOrgId: 'text',
  callerPrincipalTags: 'text',
  duration: 'number',
  requestToTargetDuration: 'number',
  responseFromTargetDuration: 'number',
  bytesReceived: 'number',
  bytesSent: 'number',
  listenerType: 'text',
  listenerId: 'text',
  callerX509SubjectCN: 'text',
  callerX509IssuerOU: 'text',
  callerX509SANNameCN: 'text',
  callerX509SANDNS: 'text',
  callerX509SANURI: 'text',
} as const satisfies Record<CallField, ColumnType>;

/**
 * A field of a service's record that can be asked for by its value.
 *
 * @public
 */
export type CallField = Exclude<keyof AccessLogRecord, 'timestamp' | 'other'>;

/** The field's column. */
export function columnOf(field: string): string {
  return field.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
