import type { AccessLogRecord } from '../types';
import {
  arn,
  authDeniedReason,
  count,
  isNoValue,
  statusCode,
  text,
} from './fieldReaders';
import type { LineFields } from './LineFields';
import { readInstant } from './readInstant';
import { splitRequestPath } from './splitRequestPath';

/**
 * What tells who called what, how that ended, and which call it was: all that calls are counted by.
 */
export type CallFacts = Pick<
  AccessLogRecord,
  | 'startTime'
  | 'timestamp'
  | 'requestId'
  | 'serviceArn'
  | 'serviceNetworkArn'
  | 'sourceVpcArn'
  | 'sourceVpcId'
  | 'sourceIpPort'
  | 'targetIpPort'
  | 'targetGroupArn'
  | 'requestMethod'
  | 'requestPath'
  | 'requestQuery'
  | 'responseCode'
  | 'failureReason'
  | 'authDeniedReason'
  | 'resolvedUser'
  | 'callerPrincipal'
  | 'duration'
  | 'bytesReceived'
  | 'bytesSent'
>;

/** Names of the fields that {@link readCallFacts} looks at. */
export const callFactFields = [
  'startTime',
  'serviceArn',
  'authDeniedReason',
  'requestPath',
  'sourceVpcArn',
  'sourceVpcId',
  'requestId',
  'serviceNetworkArn',
  'sourceIpPort',
  'targetIpPort',
  'targetGroupArn',
  'requestMethod',
  'responseCode',
  'failureReason',
  'resolvedUser',
  'callerPrincipal',
  'duration',
  'bytesReceived',
  'bytesSent',
] as const;

/**
 * Takes from a line what calls are counted by. Whether the line can be read is settled by that.
 */
export function readCallFacts(
  fields: LineFields,
  line: Record<string, unknown>,
): { ok: true; facts: CallFacts } | { ok: false; reason: string } {
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
  return {
    ok: true,
    facts: {
      startTime,
      timestamp,
      serviceArn,
      authDeniedReason: deniedReason,
      requestPath: split?.path,
      requestQuery: split?.query,
      sourceVpcArn,
      sourceVpcId: fields.take('sourceVpcId', text) ?? vpcIdOf(sourceVpcArn),
      requestId: fields.take('requestId', text),
      serviceNetworkArn: fields.take('serviceNetworkArn', text),
      sourceIpPort: fields.take('sourceIpPort', text),
      targetIpPort: fields.take('targetIpPort', text),
      targetGroupArn: fields.take('targetGroupArn', text),
      requestMethod: fields.take('requestMethod', text),
      responseCode: fields.take('responseCode', statusCode),
      failureReason: fields.take('failureReason', text),
      resolvedUser: fields.take('resolvedUser', text),
      callerPrincipal: fields.take('callerPrincipal', text),
      duration: fields.take('duration', count),
      bytesReceived: fields.take('bytesReceived', count),
      bytesSent: fields.take('bytesSent', count),
    },
  };
}

/** The id at the end of an ARN of a VPC. */
export function vpcIdOf(vpcArn: string | undefined): string | undefined {
  return vpcArn?.match(/:vpc\/(vpc-[0-9a-z]+)$/)?.[1];
}
