import { describeSweep } from './describeSweep';

const now = Date.parse('2026-11-22T12:00:00Z');
const sweep = {
  of: 'objects' as const,
  startedAt: '2026-11-22T10:00:00Z',
  from: '2026-11-08T10:00:00Z',
  until: '2026-11-20T10:00:00Z',
  reached: '2026-11-13T00:00:00Z',
  found: 0,
};
const ended = {
  ...sweep,
  reached: sweep.until,
  endedAt: '2026-11-22T10:00:00Z',
};
const hours = {
  ...sweep,
  of: 'lines' as const,
  from: '2026-11-22T07:00:00Z',
  until: '2026-11-22T10:00:00Z',
  reached: '2026-11-22T09:00:00Z',
};

describe('describeSweep', () => {
  it.each([
    [undefined, undefined],
    [sweep, 'looking for late files: 5 of 12 days'],
    [{ ...sweep, found: 2 }, 'looking for late files: 5 of 12 days, 2 found'],
    [ended, undefined],
    [{ ...ended, found: 1 }, '1 late file read 2 h ago'],
    [hours, 'looking for late lines: 2 of 3 hours'],
    [
      { ...hours, endedAt: ended.endedAt, found: 12 },
      '12 late lines read 2 h ago',
    ],
  ])('of %j says %s', (of, text) => {
    expect(describeSweep(of, now)).toBe(text);
  });
});
