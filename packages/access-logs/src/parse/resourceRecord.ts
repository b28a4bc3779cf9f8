import type { ParsedAccessLogLine, ResourceAccessLogRecord } from '../types';
import { text } from './fieldReaders';
import { LineFields } from './LineFields';
import { readInstant } from './readInstant';

const known = new Set([
  'eventTimestamp',
  'resourceConfigurationArn',
  'serviceNetworkArn',
  'serviceNetworkResourceAssociationId',
  'vpcEndpointId',
  'sourceVpcArn',
  'protocol',
  'sourceIpPort',
  'destinationIpPort',
  'gatewayIpPort',
  'resourceIpPort',
]);

/** A TCP connection to a resource configuration. */
export function parseResourceRecord(
  line: Record<string, unknown>,
): ParsedAccessLogLine {
  const fields = new LineFields(line);
  const eventTimestamp = fields.take('eventTimestamp', text);
  const timestamp = readInstant(eventTimestamp);
  if (eventTimestamp === undefined || timestamp === undefined) {
    return { ok: false, reason: 'eventTimestamp is missing or not a time' };
  }
  const resourceConfigurationArn = fields.take(
    'resourceConfigurationArn',
    text,
  );
  if (resourceConfigurationArn === undefined) {
    return { ok: false, reason: 'resourceConfigurationArn is missing' };
  }
  const record: ResourceAccessLogRecord = {
    eventTimestamp,
    timestamp,
    resourceConfigurationArn,
    serviceNetworkArn: fields.take('serviceNetworkArn', text),
    serviceNetworkResourceAssociationId: fields.take(
      'serviceNetworkResourceAssociationId',
      text,
    ),
    vpcEndpointId: fields.take('vpcEndpointId', text),
    sourceVpcArn: fields.take('sourceVpcArn', text),
    protocol: fields.take('protocol', text),
    sourceIpPort: fields.take('sourceIpPort', text),
    destinationIpPort: fields.take('destinationIpPort', text),
    gatewayIpPort: fields.take('gatewayIpPort', text),
    resourceIpPort: fields.take('resourceIpPort', text),
    other: fields.rest(known),
  };
  return { ok: true, kind: 'resource', record };
}
