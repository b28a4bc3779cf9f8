import type { AccessLogCaller } from '../types';

/** Which records count. Plain data, so that it can go to another thread. */
export interface RecordFilter {
  /** Milliseconds since the epoch, inclusive. */
  from?: number;
  /** Milliseconds since the epoch, exclusive. */
  to?: number;
  /** ARN or id of a service or resource configuration. */
  service?: string;
  /** A caller's id, the name of a role or user, or an account id. */
  caller?: string;
}

/** What a scan is to do with the lines. Plain data. */
export interface ScanSettings {
  filter: RecordFilter;
  /** Texts of proposed policies: each call is decided by them. */
  policies?: { network?: string; services: [arn: string, text: string][] };
  /** Whether lines that can't be read are to be kept whole. */
  keepsWholeText: boolean;
}

export function matchesPlace(
  filter: RecordFilter,
  record: { timestamp: number },
  arn: string,
): boolean {
  const { from, to, service } = filter;
  return (
    (from === undefined || record.timestamp >= from) &&
    (to === undefined || record.timestamp < to) &&
    (service === undefined || arn === service || arn.endsWith(`/${service}`))
  );
}

export function matchesCaller(
  filter: RecordFilter,
  caller: AccessLogCaller,
): boolean {
  const { caller: wanted } = filter;
  return (
    wanted === undefined ||
    caller.id === wanted ||
    caller.principal === wanted ||
    caller.accountId === wanted ||
    caller.id.endsWith(`/${wanted}`)
  );
}
