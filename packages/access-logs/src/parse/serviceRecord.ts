import type { AccessLogRecord, ParsedAccessLogLine } from '../types';
import { count, tags, text } from './fieldReaders';
import { LineFields } from './LineFields';
import { readCallFacts } from './readCallFacts';

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
  const read = readCallFacts(fields, line);
  if (!read.ok) {
    return read;
  }
  const { facts } = read;
  // Records write it in capitals, unlike the other ids. Both are taken, so that neither is left aside.
  const orgID = fields.take('callerPrincipalOrgID', text);
  const orgId = fields.take('callerPrincipalOrgId', text);
  // All fields, always in this order, so that the records of a log have one shape in memory.
  const record: AccessLogRecord = {
    startTime: facts.startTime,
    timestamp: facts.timestamp,
    serviceArn: facts.serviceArn,
    authDeniedReason: facts.authDeniedReason,
    requestPath: facts.requestPath,
    requestQuery: facts.requestQuery,
    sourceVpcArn: facts.sourceVpcArn,
    sourceVpcId: facts.sourceVpcId,
    callerPrincipalOrgId: orgId ?? orgID,
    requestId: facts.requestId,
    serviceNetworkArn: facts.serviceNetworkArn,
    destinationVpcId: fields.take('destinationVpcId', text),
    sourceIpPort: facts.sourceIpPort,
    targetIpPort: facts.targetIpPort,
    targetGroupArn: facts.targetGroupArn,
    requestMethod: facts.requestMethod,
    protocol: fields.take('protocol', text),
    hostHeader: fields.take('hostHeader', text),
    serverNameIndication: fields.take('serverNameIndication', text),
    userAgent: fields.take('userAgent', text),
    sslCipher: fields.take('sslCipher', text),
    tlsVersion: fields.take('tlsVersion', text),
    responseCode: facts.responseCode,
    grpcResponseCode: fields.take('grpcResponseCode', count),
    failureReason: facts.failureReason,
    resolvedUser: facts.resolvedUser,
    callerPrincipal: facts.callerPrincipal,
    callerPrincipalTags: fields.take('callerPrincipalTags', tags),
    duration: facts.duration,
    requestToTargetDuration: fields.take('requestToTargetDuration', count),
    responseFromTargetDuration: fields.take(
      'responseFromTargetDuration',
      count,
    ),
    bytesReceived: facts.bytesReceived,
    bytesSent: facts.bytesSent,
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
