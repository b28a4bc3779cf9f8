import type { AccessLogRecord, ParsedAccessLogLine } from '../types';
import {
  authDeniedReason,
  count,
  instant,
  isNoValue,
  statusCode,
  tags,
  text,
} from './fieldSchemas';
import { splitRequestPath } from './splitRequestPath';
import { takeFields } from './takeFields';

const fields = {
  startTime: instant,
  requestId: text,
  serviceArn: text.startsWith('arn:'),
  serviceNetworkArn: text,
  sourceVpcArn: text,
  sourceVpcId: text,
  destinationVpcId: text,
  sourceIpPort: text,
  targetIpPort: text,
  targetGroupArn: text,
  requestMethod: text,
  requestPath: text,
  protocol: text,
  hostHeader: text,
  serverNameIndication: text,
  userAgent: text,
  sslCipher: text,
  tlsVersion: text,
  responseCode: statusCode,
  grpcResponseCode: count,
  failureReason: text,
  authDeniedReason,
  resolvedUser: text,
  callerPrincipal: text,
  callerPrincipalOrgID: text,
  callerPrincipalOrgId: text,
  callerPrincipalTags: tags,
  duration: count,
  requestToTargetDuration: count,
  responseFromTargetDuration: count,
  bytesReceived: count,
  bytesSent: count,
  listenerType: text,
  listenerId: text,
  callerX509SubjectCN: text,
  callerX509IssuerOU: text,
  callerX509SANNameCN: text,
  callerX509SANDNS: text,
  callerX509SANURI: text,
};

/** The call of a client to a service. */
export function parseServiceRecord(
  line: Record<string, unknown>,
): ParsedAccessLogLine {
  const { taken, other } = takeFields({ line, fields });
  const { startTime, serviceArn } = taken;
  if (!startTime) {
    return { ok: false, reason: 'startTime is missing or not a time' };
  }
  if (!serviceArn) {
    return { ok: false, reason: 'serviceArn is missing or not an ARN' };
  }
  // A reason that this version does not know is still a denial: better kept aside than counted wrongly.
  if (!taken.authDeniedReason && !isNoValue(line.authDeniedReason)) {
    return {
      ok: false,
      reason: 'authDeniedReason is none of Service, Network, Identity',
    };
  }
  const { requestPath, callerPrincipalOrgID, ...rest } = taken;
  const split =
    requestPath === undefined ? undefined : splitRequestPath(requestPath);
  const record: AccessLogRecord = {
    ...rest,
    startTime,
    serviceArn,
    timestamp: Date.parse(startTime),
    requestPath: split?.path,
    requestQuery: split?.query,
    sourceVpcId: taken.sourceVpcId ?? vpcIdOf(taken.sourceVpcArn),
    callerPrincipalOrgId: taken.callerPrincipalOrgId ?? callerPrincipalOrgID,
    other,
  };
  return { ok: true, kind: 'service', record };
}

function vpcIdOf(vpcArn: string | undefined): string | undefined {
  return vpcArn?.match(/:vpc\/(vpc-[0-9a-z]+)$/)?.[1];
}
