import type { Outcome } from '@lattice-portal/plugin-lattice-common';
import type { ReplayChange } from '../replay/types';
import type { RecordFilter } from '../scan/ScanSettings';
import { printDuration, printTime } from './printTime';
import type { Report } from './Report';

/** Outcomes as the head of a column. */
export const outcomeTitles: Record<Outcome, string> = {
  allowed: 'allowed',
  'denied-by-network': 'by network',
  'denied-by-service': 'by service',
  'denied-by-identity': 'by identity',
  'target-refused': 'target refused',
  failed: 'failed',
};

export const changeTitles: Record<ReplayChange, string> = {
  'newly-allowed': 'newly allowed',
  'newly-denied': 'newly denied',
  unchanged: 'unchanged',
  unknown: 'unknown',
};

export const replayNote =
  'Layers without a proposed policy, and the identity policies of the callers, are taken to decide as on record.';

/** A sentence for each proposed policy that was tried on nothing. */
export function describeUntried({ servicesWithoutCalls }: Report): string[] {
  return servicesWithoutCalls.map(
    arn => `No call to ${arn} in these logs: its policy was tried on nothing.`,
  );
}

/** A whole number with commas. */
export function printCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** A share in percent, never rounded to none or all. */
export function printShare(part: number, whole: number): string {
  if (whole === 0 || part === 0) {
    return '0 %';
  }
  const percent = (100 * part) / whole;
  if (percent < 0.1) {
    return '< 0.1 %';
  }
  return part < whole && percent > 99.9
    ? '> 99.9 %'
    : `${percent.toFixed(1)} %`;
}

/** `service/svc-0a1b2c3d4e5f60718 in 223344556677` for a person to read. */
export function printArn(arn: string): string {
  const [, , , , account, ...resource] = arn.split(':');
  return resource.length > 0 && account
    ? `${resource.join(':')} in ${account}`
    : arn;
}

/** What the report is about: window, filter, files. */
export function describeWindow(report: Report): string {
  const { from, to, files } = report;
  const where = `${printCount(files)} ${files === 1 ? 'file' : 'files'}`;
  return from === undefined || to === undefined
    ? `No record in ${where}.`
    : `${printTime(from)} to ${printTime(to)} (${printDuration(
        to - from,
      )}), ${where}.`;
}

/** One sentence for the filter; undefined without one. */
export function describeFilter(
  filter: RecordFilter,
  outside: number,
): string | undefined {
  const parts = [
    filter.from !== undefined && `from ${printTime(filter.from)}`,
    filter.to !== undefined && `before ${printTime(filter.to)}`,
    filter.service !== undefined && `service ${filter.service}`,
    filter.caller !== undefined && `caller ${filter.caller}`,
  ].filter(Boolean);
  return parts.length === 0
    ? undefined
    : `Only ${parts.join(', ')}: ${printCount(outside)} lines are left out.`;
}
