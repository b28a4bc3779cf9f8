import { describeAccounts, describeSources } from './describeAccounts';
import { foldAlike } from './foldAlike';

const now = Date.parse('2030-01-01T00:01:00Z');
const at = (second: number) => new Date(now - second * 1000).toISOString();
const cause = 'connect ECONNREFUSED 127.0.0.1:4566';

const account = (accountId: string, seconds: number, message?: string) => ({
  accountId,
  accountName: `a${accountId}`,
  region: 'us-east-1',
  status: 'stale' as const,
  readAt: at(seconds),
  gaps: [],
  error: message ? { message, at: at(0) } : undefined,
});
const unreachable = (accountId: string, seconds: number) =>
  account(
    accountId,
    seconds,
    `ServiceUnavailableError: Nothing of account ${accountId} in us-east-1 could be read: Error: ${cause}`,
  );
const log = (name: string) => ({
  id: `arn:aws:logs:us-east-1:001122334455:log-group:/aws/lattice/${name}:*`,
  status: 'failing' as const,
  error: { message: `Error: ${cause}`, at: at(0) },
});

describe('foldAlike', () => {
  it('says what is the same of many at once, as of the oldest, and names them in the detail', () => {
    const notes = foldAlike([
      ...describeAccounts(
        [
          unreachable('111111111111', 40),
          unreachable('222222222222', 50),
          unreachable('333333333333', 30),
          account('444444444444', 20, 'AccessDenied: no'),
        ],
        now,
      ),
      ...describeSources([log('one'), log('two'), log('three')] as never, now),
    ]);
    expect(notes.map(({ text }) => text)).toEqual([
      `3 accounts: as of 50 s ago (${cause})`,
      'a444444444444 (4444…): as of 20 s ago (AccessDenied: no)',
      `3 logs: not readable, last tried now (${cause})`,
    ]);
    expect(notes[0].detail).toContain('a333333333333 (3333…): as of 30 s ago');
  });

  it('names the few one by one', () => {
    const notes = describeAccounts(
      [unreachable('111111111111', 40), unreachable('222222222222', 50)],
      now,
    );
    expect(foldAlike(notes)).toEqual(notes);
  });
});
