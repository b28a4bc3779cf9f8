import {
  accountLabel,
  entityLabel,
  formatCount,
  formatDuration,
  formatLines,
  formatNumber,
  formatRelative,
  formatUtc,
  formatWindow,
  shortArn,
  withReadableTimes,
} from '.';

const now = Date.parse('2026-11-22T12:00:00Z');

describe('format', () => {
  it.each([
    ['2026-11-22T11:59:58Z', 'now'],
    ['2026-11-22T11:59:00Z', '60 s ago'],
    ['2026-11-22T11:57:00Z', '3 min ago'],
    ['2026-11-22T09:30:00Z', '3 h ago'],
    ['2026-11-19T12:00:00Z', '3 d ago'],
    ['2026-10-22T12:00:00Z', '4 weeks ago'],
    ['2026-11-22T14:00:00Z', 'in 2 h'],
    ['nonsense', 'at an unknown time'],
  ])('%s is %s', (time, expected) => {
    expect(formatRelative(time, now)).toBe(expected);
  });

  it.each([
    [0, '1 s'],
    [50, '50 s'],
    [720, '12 min'],
    [10_800, '3 h'],
    [10 ** 9, '1653 weeks'],
  ])('%d seconds are %s', (seconds, expected) => {
    expect(formatDuration(seconds)).toBe(expected);
  });

  it('says times that stand in sentences', () => {
    expect(formatUtc('2026-12-22T21:17:51.000Z')).toBe(
      '22 Dec 2026, 21:17 UTC',
    );
    expect(formatUtc('some day')).toBe('some day');
    expect(
      withReadableTimes('GET / got through at 2026-11-22T21:17:51.000Z, once'),
    ).toMatch(/^GET \/ got through at 22 Nov 2026, \d\d:17:51 \S+, once$/);
    expect(withReadableTimes('nothing to see')).toBe('nothing to see');
  });

  it.each([
    ['2026-11-22T10:00:00Z', '2026-11-22T11:30:00Z', 'from 10:00 to 11:30'],
    [
      '2026-11-21T12:00:00Z',
      '2026-11-22T12:00:00Z',
      'from 21 Nov, 12:00 to 22 Nov, 12:00',
    ],
    [
      '2026-11-20T10:00:00Z',
      '2026-11-20T11:00:00Z',
      'from 20 Nov, 10:00 to 20 Nov, 11:00',
    ],
  ])('a window of %s and %s is %s', (from, to, expected) => {
    const zone = new Date(now).getTimezoneOffset() * 60_000;
    const local = (time: string) =>
      new Date(Date.parse(time) + zone).toISOString();
    const window = { from: local(from), to: local(to) };
    expect(formatWindow(window, now + zone)).toBe(expected);
  });

  it('says whether a count is of all lines', () => {
    const lines = { count: 1_200, isAtLeast: false };
    expect(formatLines(lines, 'call')).toBe('1\u202f200 calls');
    expect(formatLines({ ...lines, isAtLeast: true }, 'call')).toBe(
      'at least 1\u202f200 calls',
    );
  });

  it('shortens numbers, accounts, ARNs and entity references', () => {
    expect(formatNumber(48201)).toBe('48\u202f201');
    expect(formatCount(1, 'call')).toBe('1 call');
    expect(formatCount(2, 'policy', 'policies')).toBe('2 policies');
    expect(accountLabel('223344556677', 'commerce')).toBe('commerce (2233…)');
    expect(shortArn('arn:aws:iam::1:role/path/name')).toBe('name');
    expect(shortArn('anonymous')).toBe('anonymous');
    expect(entityLabel('group:default/commerce')).toBe('commerce');
    expect(entityLabel('group:other/commerce')).toBe('other/commerce');
  });
});
