import { hash } from 'node:crypto';
import {
  type AccessLogCaller,
  type AccessLogRecord,
  callerOf,
  callKey,
  classify,
  connectionKey,
  parseAccessLogLine,
  type ResourceAccessLogRecord,
} from '@lattice-portal/access-logs';
import type { Outcome } from '@lattice-portal/plugin-lattice-common';
import type { AccessLogLine } from '@lattice-portal/plugin-lattice-node';

/** What is kept of a line that can't be read. */
const KEPT_CHARACTERS = 64 * 1024;
const LINE_ID_DIGITS = 12;

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
 * A recorded TCP connection to a resource configuration. It has no caller and no verdict.
 */
export interface RecordedConnection {
  /** The same in the network's and in the resource configuration's log. */
  key: string;
  record: ResourceAccessLogRecord;
}

/**
 * A line that can't be read, as it was.
 */
export interface UnparsedLine {
  key: string;
  /** Delivery time in milliseconds since the epoch. */
  timestamp: number;
  /** Where it stood. */
  place?: string;
  reason: string;
  text: string;
}

/**
 * What became of one line, before it is known whether it came before.
 */
export type PreparedLine = {
  /** What the line tells of: the same for every line that tells of the same call. */
  key: string;
  /** Tells the lines of one call in one source apart: 12 hexadecimal digits of the hash of the line's own id. */
  lineId: string;
  /** Milliseconds since the epoch: when the call was; of what can't be read, when it was delivered. */
  timestamp: number;
} & (
  | { kind: 'call'; call: RecordedCall }
  | { kind: 'connection'; connection: RecordedConnection }
  | { kind: 'unparsed'; line: UnparsedLine }
);

/**
 * Parses and classifies lines as they were delivered.
 */
export function prepareLines(lines: AccessLogLine[]): PreparedLine[] {
  return lines.map(line => {
    const lineId = hashOf([line.id]).slice(0, LINE_ID_DIGITS);
    const parsed: ReturnType<typeof parseAccessLogLine> = line.aside
      ? { ok: false, reason: line.aside }
      : parseAccessLogLine(line.text);
    if (!parsed.ok) {
      const key = hashOf([line.id, line.text]);
      const { timestamp, place } = line;
      const text = excerptOf(line.text);
      const { reason } = parsed;
      return {
        kind: 'unparsed',
        key,
        lineId,
        timestamp,
        line: { key, timestamp, place, reason, text },
      };
    }
    if (parsed.kind === 'resource') {
      const { record } = parsed;
      const key = connectionKey(record);
      const { timestamp } = record;
      const connection = { key, record };
      return { kind: 'connection', key, lineId, timestamp, connection };
    }
    const { record } = parsed;
    const key = callKey(record);
    return {
      kind: 'call',
      key,
      lineId,
      timestamp: record.timestamp,
      call: {
        key,
        record,
        caller: callerOf(record),
        outcome: classify(record),
      },
    };
  });
}

/** Databases take no character 0, and nobody reads megabytes. */
function excerptOf(text: string): string {
  const clean = text.replaceAll('\0', '\uFFFD');
  return clean.length > KEPT_CHARACTERS
    ? `${clean.slice(0, KEPT_CHARACTERS)}…`
    : clean;
}

function hashOf(parts: string[]): string {
  return hash('sha256', JSON.stringify(parts));
}
