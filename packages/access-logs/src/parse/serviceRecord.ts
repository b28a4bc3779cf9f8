import type { AccessLogRecord, ParsedAccessLogLine } from '../types';
import {
  arn,
  authDeniedReason,
  count,
  isNoValue,
  statusCode,
  tags,
  text,
} from './fieldReaders';
import { LineFields } from './LineFields';
import { readInstant } from './readInstant';
import { splitRequestPath } from './splitRequestPath';

const known = new Set([
  'startTime',
  'requestId',
  'serviceArn',
  'serviceNetworkArn',
  'sourceVpcArn',
  'sourceVpcId',
  'destinationVpcId',
  'sourceIpPort',
  'targetIpPort',
  'targetGroupArn',
  'requestMethod',
  'requestPath',
  'protocol',
  'hostHeader',
  'serverNameIndication',
  'userAgent',
  'sslCipher',
  'tlsVersion',
  'responseCode',
  'grpcResponseCode',
  'failureReason',
  'authDeniedReason',
  'resolvedUser',
  'callerPrincipal',
  'callerPrincipalOrgID',
  'callerPrincipalOrgId',
  'callerPrincipalTags',
  'duration',
  'requestToTargetDuration',
  'responseFromTargetDuration',
  'bytesReceived',
  'bytesSent',
  'listenerType',
  'listenerId',
  'callerX509SubjectCN',
  'callerX509IssuerOU',
  'callerX509SANNameCN',
  'callerX509SANDNS',
  'callerX509SANURI',
]);

/** The call of a client to a service. */
export function parseServiceRecord(
  line: Record<string, unknown>,
): ParsedAccessLogLine {
  const fields = new LineFields(line);
  const startTime = fields.take('startTime', text);
  const timestamp = readInstant(startTime);
  if (startTime === undefined || timestamp === undefined) {
    return { ok: false, reason: 'startTime is missing or not a time' };
  }
  const serviceArn = fields.take('serviceArn', arn);
  if (serviceArn === undefined) {
    return { ok: false, reason: 'serviceArn is missing or not an ARN' };
  }
  const deniedReason = fields.take('authDeniedReason', authDeniedReason);
  // A reason that this version does not know is still a denial: better kept aside than counted wrongly.
  if (!deniedReason && !isNoValue(line.authDeniedReason)) {
    return {
      ok: false,
      reason: 'authDeniedReason is none of Service, Network, Identity',
    };
  }
  const path = fields.take('requestPath', text);
  const split = path === undefined ? undefined : splitRequestPath(path);
  const sourceVpcArn = fields.take('sourceVpcArn', text);
  // Records write it in capitals, unlike the other ids. Both are taken, so that neither is left aside.
  const orgID = fields.take('callerPrincipalOrgID', text);
  const orgId = fields.take('callerPrincipalOrgId', text);
  // All fields, always in this order, so that the records of a log have one shape in memory.
  const record: AccessLogRecord = {
    startTime,
    timestamp,
    serviceArn,
    authDeniedReason: deniedReason,
    requestPath: split?.path,
    requestQuery: split?.query,
    sourceVpcArn,
    sourceVpcId: fields.take('sourceVpcId', text) ?? vpcIdOf(sourceVpcArn),
    callerPrincipalOrgId: orgId ?? orgID,
    requestId: fields.take('requestId', text),
    serviceNetworkArn: fields.take('serviceNetworkArn', text),
    destinationVpcId: fields.take('destinationVpcId', text),
    sourceIpPort: fields.take('sourceIpPort', text),
    targetIpPort: fields.take('targetIpPort', text),
    targetGroupArn: fields.take('targetGroupArn', text),
    requestMethod: fields.take('requestMethod', text),
    protocol: fields.take('protocol', text),
    hostHeader: fields.take('hostHeader', text),
    serverNameIndication: fields.take('serverNameIndication', text),
    userAgent: fields.take('userAgent', text),
    sslCipher: fields.take('sslCipher', text),
    tlsVersion: fields.take('tlsVersion', text),
    responseCode: fields.take('responseCode', statusCode),
    grpcResponseCode: fields.take('grpcResponseCode', count),
    failureReason: fields.take('failureReason', text),
    resolvedUser: fields.take('resolvedUser', text),
    callerPrincipal: fields.take('callerPrincipal', text),
    callerPrincipalTags: fields.take('callerPrincipalTags', tags),
    duration: fields.take('duration', count),
    requestToTargetDuration: fields.take('requestToTargetDuration', count),
    responseFromTargetDuration: fields.take(
      'responseFromTargetDuration',
      count,
    ),
    bytesReceived: fields.take('bytesReceived', count),
    bytesSent: fields.take('bytesSent', count),
    listenerType: fields.take('listenerType', text),
    listenerId: fields.take('listenerId', text),
    callerX509SubjectCN: fields.take('callerX509SubjectCN', text),
    callerX509IssuerOU: fields.take('callerX509IssuerOU', text),
    callerX509SANNameCN: fields.take('callerX509SANNameCN', text),
    callerX509SANDNS: fields.take('callerX509SANDNS', text),
    callerX509SANURI: fields.take('callerX509SANURI', text),
    other: fields.rest(known),
  };
  return { ok: true, kind: 'service', record };
}

function vpcIdOf(vpcArn: string | undefined): string | undefined {
  return vpcArn?.match(/:vpc\/(vpc-[0-9a-z]+)$/)?.[1];
}
