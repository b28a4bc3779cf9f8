import type { CallLog } from '@lattice-portal/plugin-lattice-common';
import { formatExact } from '../format';
import { describeCallLog } from './describeCallLog';

const source = 'arn:aws:s3:::company-logs AccessLogs of svc-1';
const readUntil = '2026-11-22T10:05:00Z';

describe('describeCallLog', () => {
  it.each<[CallLog, string | undefined]>([
    [{ of: 'network', status: 'recorded' }, undefined],
    [
      { of: 'service', status: 'awaited', source, readUntil },
      `The log of the service (S3 bucket company-logs, svc-1) is read until ${formatExact(
        readUntil,
      )}; its record may still come.`,
    ],
    [
      { of: 'service', status: 'awaited', source, reason: 'It is paused' },
      'The log of the service (S3 bucket company-logs, svc-1) is not read yet; its record may still come. It is paused.',
    ],
    [
      { of: 'service', status: 'absent', source, readUntil },
      `The log of the service (S3 bucket company-logs, svc-1) is read until ${formatExact(
        readUntil,
      )} and has no record of the call.`,
    ],
    [
      { of: 'network', status: 'not-subscribed' },
      'The service network has no access-log subscription: there will be no record of its own.',
    ],
    [
      { of: 'network', status: 'unknown', reason: 'Nobody knows' },
      'Whether the log of the service network has the call is unknown. Nobody knows.',
    ],
  ])('of %j says %s', (log, text) => {
    expect(describeCallLog(log)).toBe(text);
  });
});
