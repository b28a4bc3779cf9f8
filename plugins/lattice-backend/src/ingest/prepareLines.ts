import { createHash } from 'node:crypto';
import {
  type AccessLogCaller,
  type AccessLogRecord,
  callerOf,
  callKey,
  classify,
  parseAccessLogLine,
} from '@lattice-portal/access-logs';
import type { Outcome } from '@lattice-portal/plugin-lattice-common';
import type { AccessLogLine } from '@lattice-portal/plugin-lattice-node';

/**
 * A recorded call, classified.
 */
export interface RecordedCall {
  /** The same for the network's and the service's record of one call. */
  key: string;
  record: AccessLogRecord;
  caller: AccessLogCaller;
  outcome: Outcome;
}

/**
 * A line that says nothing of a call to a service, as it was.
 */
export interface UnparsedLine {
  key: string;
  /** Delivery time in milliseconds since the epoch. */
  timestamp: number;
  reason: string;
  text: string;
}

/**
 * What became of one line, before it is known whether it came before.
 */
export type PreparedLine = {
  /** What the line tells of: the same for every line that tells of the same call. */
  key: string;
  /** Hash of the line's own id in its source. */
  lineId: string;
} & (
  | { kind: 'call'; call: RecordedCall }
  | { kind: 'unparsed'; line: UnparsedLine }
);

/**
 * Parses and classifies lines as they were delivered.
 */
export function prepareLines(lines: AccessLogLine[]): PreparedLine[] {
  return lines.map(line => {
    const lineId = hashOf([line.id]);
    const parsed = parseAccessLogLine(line.text);
    if (parsed.ok && parsed.kind === 'service') {
      const { record } = parsed;
      const key = callKey(record);
      return {
        kind: 'call',
        key,
        lineId,
        call: {
          key,
          record,
          caller: callerOf(record),
          outcome: classify(record),
        },
      };
    }
    const key = hashOf([line.id, line.text]);
    return {
      kind: 'unparsed',
      key,
      lineId,
      line: {
        key,
        timestamp: line.timestamp,
        reason: parsed.ok
          ? 'a connection to a resource configuration: it has no caller and no verdict'
          : parsed.reason,
        text: line.text,
      },
    };
  });
}

function hashOf(parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
