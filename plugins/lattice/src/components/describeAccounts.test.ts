import type { LogSourceStatus } from '@lattice-portal/plugin-lattice-common';
import { describeStatus } from './describeAccounts';

const now = Date.parse('2026-11-22T10:00:00Z');
const ended: LogSourceStatus = {
  id: 'arn:aws:s3:::company-logs AccessLogs of sn-1',
  accountId: '001122334455',
  region: 'us-east-1',
  status: 'ended',
  endedAt: '2026-11-22T09:55:00Z',
  linesRead: 0,
  unparsed: 0,
};
const at = ended.endedAt!;
const error = { message: 'AccessDenied', at };

describe('describeStatus', () => {
  it.each<[Partial<LogSourceStatus>, string]>([
    [{}, ''],
    [{ isReadOn: true }, ', the end of the log is still read'],
    [
      { isReadOn: true, progress: { at, linesPerSecond: 10, secondsLeft: 60 } },
      ', the end of the log is still read: catching up, 10 lines/s, 60 s left',
    ],
    [
      { isReadOn: true, error },
      ', the end of the log is not readable (AccessDenied)',
    ],
    [{ error }, ', the end of the log was never readable (AccessDenied)'],
  ])('says of a log without subscription how it ends: %j', (fields, end) => {
    expect(describeStatus({ ...ended, ...fields }, now)).toBe(
      `its subscription is gone, noticed 5 min ago${end}`,
    );
  });
});
