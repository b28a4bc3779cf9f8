import { callerOf } from '../classify/callerOf';
import { classify } from '../classify/classify';
import { callKey } from '../fold/callKey';
import { connectionKey } from '../fold/connectionKey';
import { parseAccessLogLine } from '../parse/parseAccessLogLine';
import type {
  AccessLogCaller,
  AccessLogRecord,
  ResourceAccessLogRecord,
} from '../types';
import type { Outcome } from '@lattice-portal/plugin-lattice-common';
import { KEY_WORDS, type RecordColumns } from './RecordColumns';

/**
 * A recorded call, classified.
 *
 * @public
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
 *
 * @public
 */
export interface RecordedConnection {
  /** The same in the network's and in the resource configuration's log. */
  key: string;
  record: ResourceAccessLogRecord;
}

/**
 * Whether the text of a line in columns was kept.
 *
 * @public
 */
export function hasTextAt({ textEnds }: RecordColumns, at: number): boolean {
  return textEnds[at] > (at === 0 ? 0 : textEnds[at - 1]);
}

/**
 * The text of a line in columns. Empty: it was not kept.
 *
 * @public
 */
export function textAt(columns: RecordColumns, at: number): string {
  const bytes = textBytesAt(columns, at);
  return Buffer.from(
    bytes.buffer,
    bytes.byteOffset,
    bytes.byteLength,
  ).toString();
}

/**
 * The text of a line in columns, as UTF-8, where it stands. Empty: it was not kept.
 *
 * @public
 */
export function textBytesAt(
  { texts, textEnds }: RecordColumns,
  at: number,
): Uint8Array {
  return texts.subarray(at === 0 ? 0 : textEnds[at - 1], textEnds[at]);
}

/**
 * The key of a line in columns, as 32 hexadecimal digits.
 *
 * @public
 */
export function keyTextAt(columns: RecordColumns, at: number): string {
  const start = at * KEY_WORDS;
  return Array.from(columns.keys.subarray(start, start + KEY_WORDS), word =>
    word.toString(16).padStart(8, '0'),
  ).join('');
}

/**
 * The whole record of a line in columns that is a call.
 *
 * @throws RangeError if it is none, or its text was not kept
 *
 * @public
 */
export function callAt(columns: RecordColumns, at: number): RecordedCall {
  const parsed = parseAccessLogLine(textAt(columns, at));
  if (!parsed.ok || parsed.kind !== 'service') {
    throw new RangeError(
      `Line ${at} of a batch of access logs is no call${lacksText(
        columns,
        at,
      )}`,
    );
  }
  return toRecordedCall(parsed.record);
}

/**
 * What a record of a service says of its call.
 *
 * @public
 */
export function toRecordedCall(record: AccessLogRecord): RecordedCall {
  return {
    key: callKey(record),
    record,
    caller: callerOf(record),
    outcome: classify(record),
  };
}

/**
 * The whole record of a line in columns that is a connection.
 *
 * @throws RangeError if it is none, or its text was not kept
 *
 * @public
 */
export function connectionAt(
  columns: RecordColumns,
  at: number,
): RecordedConnection {
  const parsed = parseAccessLogLine(textAt(columns, at));
  if (!parsed.ok || parsed.kind !== 'resource') {
    throw new RangeError(
      `Line ${at} of a batch of access logs is no connection${lacksText(
        columns,
        at,
      )}`,
    );
  }
  const { record } = parsed;
  return { key: connectionKey(record), record };
}

function lacksText(columns: RecordColumns, at: number): string {
  return hasTextAt(columns, at) ? '' : ', or its text was not kept';
}
