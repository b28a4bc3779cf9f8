import { hash } from 'node:crypto';
import type { ResourceAccessLogRecord } from '../types';

/**
 * Key of the TCP connection behind a record of a resource configuration: the same in the network's log
 * and in the resource configuration's log.
 *
 * @remarks
 * 64 hexadecimal characters. The record has no id, so all ends of the connection count, and its time.
 * How the connection got there (network, association, endpoint) does not: one of the two logs may leave
 * it out.
 * Source: https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-access-logs.html
 *
 * @public
 */
export function connectionKey(record: ResourceAccessLogRecord): string {
  return hash('sha256', connectionIdentity(record));
}

/** What {@link connectionKey} is the hash of. */
export function connectionIdentity(record: ResourceAccessLogRecord): string {
  return JSON.stringify([
    record.timestamp,
    record.resourceConfigurationArn,
    record.protocol,
    record.sourceVpcArn,
    record.sourceIpPort,
    record.destinationIpPort,
    record.gatewayIpPort,
    record.resourceIpPort,
  ]);
}
