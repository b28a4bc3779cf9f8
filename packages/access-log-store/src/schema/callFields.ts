import type { AccessLogRecord } from '@lattice-portal/access-logs';
import { recordFields } from '@lattice-portal/plugin-lattice-common';
import type { ColumnType } from './Column';

/**
 * The fields of a service's record that have a column of their own.
 *
 * @remarks
 * `timestamp` is the column `time_ms`. Tags and the fields that are not documented are JSON texts. A response
 * code is kept as a whole number.
 */
export const callFields = {
  ...recordFields,
  responseCode: 'integer',
} as const satisfies Record<CallField, ColumnType>;

/**
 * A field of a service's record that can be asked for by its value.
 *
 * @public
 */
export type CallField = Exclude<keyof AccessLogRecord, 'timestamp' | 'other'>;

/** The field's column. */
export function columnOf(field: string): string {
  return field.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
