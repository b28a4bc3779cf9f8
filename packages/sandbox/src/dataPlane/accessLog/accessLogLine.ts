import type {
  Listener,
  Service,
  ServiceNetwork,
  TargetGroup,
  Vpc,
} from '../../estate/resources';
import type { AccessLogLine, DataPlaneCall } from '../DataPlaneCall';

/** What VPC Lattice writes for a value that is not there. */
const NONE = '-';

/**
 * The access log record of one call, with every field AWS writes.
 *
 * @remarks
 * `listenerType`, `listenerId` and `callerPrincipalOrgID` are in real records though not in AWS's table.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-access-logs.html
 */
export function accessLogLine(options: {
  call: DataPlaneCall;
  network: ServiceNetwork;
  service: Service;
  listener: Listener;
  vpc: Vpc;
  sourceIpPort: string;
  requestId: string;
  /** Milliseconds since the epoch. */
  time: number;
  /** `-` where no auth policy is enforced. */
  resolvedUser: string;
  organizationId?: string;
  principalTags?: Record<string, string>;
  authDeniedReason?: string;
  failureReason?: string;
  targetGroup?: TargetGroup;
  targetIpPort?: string;
  statusCode: number;
  /** Absent where the answer is not one of gRPC. */
  grpcStatus?: number;
  bytesSent: number;
  /** Milliseconds. */
  duration: number;
  /** Milliseconds; absent where no target was asked. */
  requestToTargetDuration?: number;
  responseFromTargetDuration?: number;
}): AccessLogLine {
  const { call, service, listener, vpc, targetGroup } = options;
  const host = call.host.replace(/:\d+$/, '');
  const tls = listener.protocol === 'HTTPS';
  const signed = options.resolvedUser.startsWith('arn:');
  const tags = options.principalTags ?? {};
  return {
    serviceNetworkArn: options.network.arn,
    serviceArn: service.arn,
    resolvedUser: options.resolvedUser,
    callerPrincipal: signed ? options.resolvedUser : NONE,
    callerPrincipalOrgID: (signed && options.organizationId) || NONE,
    callerPrincipalTags:
      signed && Object.keys(tags).length > 0 ? JSON.stringify(tags) : NONE,
    callerX509IssuerOU: NONE,
    callerX509SANDNS: NONE,
    callerX509SANNameCN: NONE,
    callerX509SANURI: NONE,
    callerX509SubjectCN: NONE,
    authDeniedReason: options.authDeniedReason ?? NONE,
    failureReason: options.failureReason ?? NONE,
    listenerType: NONE,
    listenerId: NONE,
    targetGroupArn: targetGroup?.arn ?? NONE,
    targetIpPort: options.targetIpPort ?? NONE,
    destinationVpcId: String(targetGroup?.config?.vpcIdentifier ?? NONE),
    sourceVpcArn: vpc.arn,
    sourceVpcId: vpc.id,
    sourceIpPort: options.sourceIpPort,
    startTime: `${new Date(options.time).toISOString().slice(0, 19)}Z`,
    requestMethod: call.method,
    requestPath: call.path,
    requestId: options.requestId,
    protocol: call.protocol ?? 'HTTP/1.1',
    hostHeader: host,
    serverNameIndication: tls ? host : NONE,
    sslCipher: tls ? 'ECDHE-RSA-AES128-GCM-SHA256' : NONE,
    tlsVersion: tls ? 'TLSv1.2' : NONE,
    userAgent: call.headers?.['user-agent']?.[0] ?? NONE,
    responseCode: options.statusCode,
    bytesReceived: bytesOf(call),
    bytesSent: options.bytesSent,
    duration: options.duration,
    requestToTargetDuration: options.requestToTargetDuration ?? NONE,
    responseFromTargetDuration: options.responseFromTargetDuration ?? NONE,
    grpcResponseCode: options.grpcStatus ?? NONE,
  };
}

/** Size of a request on the wire, about. */
function bytesOf(call: DataPlaneCall): number {
  let bytes = call.method.length + call.path.length + call.host.length + 24;
  for (const [name, values] of Object.entries(call.headers ?? {})) {
    for (const value of values) {
      bytes += name.length + value.length + 4;
    }
  }
  return bytes + (call.body?.length ?? 0);
}
