import type { CallerKind } from '@lattice-portal/plugin-lattice-common';

/**
 * One VPC Lattice service access log line, parsed.
 *
 * @remarks
 * Fields are named as AWS names them. `-`, `"null"`, null and a missing field are all `undefined`.
 * Source: https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-access-logs.html
 *
 * @public
 */
export interface AccessLogRecord {
  /** ISO 8601. */
  startTime: string;
  /** `startTime` in milliseconds since the epoch. */
  timestamp: number;
  requestId?: string;
  serviceArn: string;
  serviceNetworkArn?: string;
  sourceVpcArn?: string;
  sourceVpcId?: string;
  destinationVpcId?: string;
  sourceIpPort?: string;
  targetIpPort?: string;
  targetGroupArn?: string;
  requestMethod?: string;
  /** Path without the `LatticePath?:` prefix some records carry, and without query string. */
  requestPath?: string;
  /** Query string without `?`, where the record has one. */
  requestQuery?: string;
  protocol?: string;
  hostHeader?: string;
  serverNameIndication?: string;
  userAgent?: string;
  sslCipher?: string;
  tlsVersion?: string;
  responseCode?: number;
  grpcResponseCode?: number;
  failureReason?: string;
  authDeniedReason?: 'Service' | 'Network' | 'Identity';
  /** As AWS resolved it: an ARN, `Anonymous` or `Unknown`. */
  resolvedUser?: string;
  callerPrincipal?: string;
  callerPrincipalOrgId?: string;
  callerPrincipalTags?: Record<string, string>;
  /** Milliseconds. */
  duration?: number;
  /** Milliseconds. */
  requestToTargetDuration?: number;
  /** Milliseconds. */
  responseFromTargetDuration?: number;
  bytesReceived?: number;
  bytesSent?: number;
  listenerType?: string;
  listenerId?: string;
  /** Certificate of a caller by IAM Roles Anywhere. */
  callerX509SubjectCN?: string;
  callerX509IssuerOU?: string;
  callerX509SANNameCN?: string;
  callerX509SANDNS?: string;
  callerX509SANURI?: string;
  /** Every field of the line that is not named above, as it was. */
  other: Record<string, unknown>;
}

/**
 * Who called, folded so that all sessions of a role are one caller.
 *
 * @public
 */
export interface AccessLogCaller {
  kind: CallerKind;
  /** Stable identifier: role or user ARN (`arn:aws:iam::…:role/name`, path unknown), `anonymous` or `unknown`. */
  id: string;
  /** The principal as recorded, session included. */
  principal?: string;
  /** Account id in the principal. */
  accountId?: string;
}

/**
 * One VPC Lattice resource access log line: a TCP connection to a resource configuration.
 *
 * @remarks
 * It names no caller and no verdict: auth policies do not apply to resource configurations.
 * Source: https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-access-logs.html
 *
 * @public
 */
export interface ResourceAccessLogRecord {
  /** ISO 8601. */
  eventTimestamp: string;
  /** `eventTimestamp` in milliseconds since the epoch. */
  timestamp: number;
  resourceConfigurationArn: string;
  serviceNetworkArn?: string;
  serviceNetworkResourceAssociationId?: string;
  vpcEndpointId?: string;
  sourceVpcArn?: string;
  protocol?: string;
  sourceIpPort?: string;
  destinationIpPort?: string;
  gatewayIpPort?: string;
  resourceIpPort?: string;
  /** Every field of the line that is not named above, as it was. */
  other: Record<string, unknown>;
}

/**
 * What became of one line.
 *
 * @public
 */
export type ParsedAccessLogLine =
  | { ok: true; kind: 'service'; record: AccessLogRecord }
  | { ok: true; kind: 'resource'; record: ResourceAccessLogRecord }
  | { ok: false; reason: string };
