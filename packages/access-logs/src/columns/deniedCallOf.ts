import { callKey } from '../fold/callKey';
import { pathShape } from '../fold/pathShape';
import type { AccessLogRecord } from '../types';
import type { DeniedCall } from './RecordColumns';

/** @param at - of its line in columns */
export function deniedCallOf(record: AccessLogRecord, at: number): DeniedCall {
  return {
    at,
    key: callKey(record),
    method: record.requestMethod ?? '',
    pathShape: record.requestPath ? pathShape(record.requestPath) : '',
    record: JSON.stringify(record),
  };
}
