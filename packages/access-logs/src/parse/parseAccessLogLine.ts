import type { ParsedAccessLogLine } from '../types';
import { isNoValue } from './fieldReaders';
import { nestsTooDeep, TOO_DEEP } from './nestsTooDeep';
import { parseResourceRecord } from './resourceRecord';
import { parseServiceRecord } from './serviceRecord';

/**
 * Parses one access log line, of a service or of a resource configuration.
 *
 * @remarks
 * Never throws. A line is refused only if it is not a JSON object, lacks its time or its service,
 * gives a reason for a denial that is not known here, or is nested more than 64 levels deep: anything else
 * is kept, unknown fields and odd values in `other`.
 * Source: https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-access-logs.html
 *
 * @public
 */
export function parseAccessLogLine(text: string): ParsedAccessLogLine {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, reason: 'not JSON' };
  }
  return parseAccessLogValue(json);
}

/** The same for what a line's JSON holds. */
export function parseAccessLogValue(json: unknown): ParsedAccessLogLine {
  if (!isObject(json)) {
    return { ok: false, reason: 'not a JSON object' };
  }
  const parsed = isNoValue(json.resourceConfigurationArn)
    ? parseServiceRecord(json)
    : parseResourceRecord(json);
  // Fields that are known hold nothing deep: what is in the way is in the others, mostly none.
  return nestsTooDeep(parsed.ok ? parsed.record.other : json)
    ? { ok: false, reason: TOO_DEEP }
    : parsed;
}

/** Whether it is a JSON object. */
export function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
