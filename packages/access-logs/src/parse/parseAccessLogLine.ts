import { z } from 'zod';
import type { ParsedAccessLogLine } from '../types';
import { isNoValue } from './fieldSchemas';
import { parseResourceRecord } from './resourceRecord';
import { parseServiceRecord } from './serviceRecord';

const object = z.record(z.string(), z.unknown());

/**
 * Parses one access log line, of a service or of a resource configuration.
 *
 * @remarks
 * Never throws. A line is refused only if it is not a JSON object, lacks its time or its service, or
 * gives a reason for a denial that is not known here: anything else is kept, unknown fields and odd
 * values in `other`.
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
  const line = object.safeParse(json);
  if (!line.success) {
    return { ok: false, reason: 'not a JSON object' };
  }
  return isNoValue(line.data.resourceConfigurationArn)
    ? parseServiceRecord(line.data)
    : parseResourceRecord(line.data);
}
