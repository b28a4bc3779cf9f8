import type { ParsedAccessLogLine } from '../types';
import { instant, text } from './fieldSchemas';
import { takeFields } from './takeFields';

const fields = {
  eventTimestamp: instant,
  resourceConfigurationArn: text,
  serviceNetworkArn: text,
  serviceNetworkResourceAssociationId: text,
  vpcEndpointId: text,
  sourceVpcArn: text,
  protocol: text,
  sourceIpPort: text,
  destinationIpPort: text,
  gatewayIpPort: text,
  resourceIpPort: text,
};

/** A TCP connection to a resource configuration. */
export function parseResourceRecord(
  line: Record<string, unknown>,
): ParsedAccessLogLine {
  const { taken, other } = takeFields({ line, fields });
  const { eventTimestamp, resourceConfigurationArn } = taken;
  if (!eventTimestamp) {
    return { ok: false, reason: 'eventTimestamp is missing or not a time' };
  }
  if (!resourceConfigurationArn) {
    return { ok: false, reason: 'resourceConfigurationArn is missing' };
  }
  return {
    ok: true,
    kind: 'resource',
    record: {
      ...taken,
      eventTimestamp,
      resourceConfigurationArn,
      timestamp: Date.parse(eventTimestamp),
      other,
    },
  };
}
