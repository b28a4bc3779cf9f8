import {
  type AccessLogRecord,
  callerOf,
  pathShape,
} from '@lattice-portal/access-logs';
import type { Outcome } from '@lattice-portal/plugin-lattice-common';
import type { StoredCall } from '../types';
import { accountIdOf } from './accountIdOf';
import { callFields, columnOf } from './callFields';
import type { Columns, Row } from './Column';

const entries = Object.entries(callFields).map(
  ([field, type]) =>
    ({ field, type, column: columnOf(field) } as {
      field: keyof typeof callFields;
      type: (typeof callFields)[keyof typeof callFields];
      column: string;
    }),
);

/** Columns of the records of services: what was found out about a call, then its record. */
export const callColumns: Columns = {
  call_key: 'text',
  source: 'text',
  twin: 'boolean',
  time_ms: 'integer',
  outcome: 'text',
  caller: 'text',
  caller_kind: 'text',
  caller_account: 'text',
  service_account: 'text',
  path_shape: 'text',
  ...Object.fromEntries(entries.map(({ column, type }) => [column, type])),
  other: 'text',
};

/** A call as it is written. */
export function rowOfCall(call: StoredCall): Row {
  const { key, source, twin, record, outcome, caller } = call;
  const { requestPath, callerPrincipalTags, other } = record;
  const row: Row = {
    call_key: key,
    source,
    twin,
    time_ms: record.timestamp,
    outcome,
    caller: caller.id,
    caller_kind: caller.kind,
    caller_account: caller.accountId,
    service_account: accountIdOf(record.serviceArn),
    path_shape: requestPath === undefined ? undefined : pathShape(requestPath),
  };
  for (const { field, column } of entries) {
    const value = record[field];
    row[column] = typeof value === 'object' ? undefined : value;
  }
  row.caller_principal_tags =
    callerPrincipalTags && JSON.stringify(callerPrincipalTags);
  row.other = Object.keys(other).length > 0 ? JSON.stringify(other) : undefined;
  return row;
}

/** A call as it was written. */
export function callOfRow(row: Row): StoredCall {
  const record: Record<string, unknown> = { timestamp: row.time_ms };
  for (const { field, column } of entries) {
    record[field] = row[column];
  }
  record.callerPrincipalTags = parsed(row.caller_principal_tags);
  record.other = parsed(row.other) ?? {};
  const read = record as unknown as AccessLogRecord;
  return {
    key: String(row.call_key),
    source: String(row.source),
    twin: row.twin === true,
    outcome: row.outcome as Outcome,
    caller: callerOf(read),
    record: read,
  };
}

function parsed(text: Row[string]): unknown {
  return typeof text === 'string' ? JSON.parse(text) : undefined;
}
