import { lateStartsOf } from './lateStartsOf';

const day = 24 * 60 * 60 * 1000;
const at = (time: string) => Date.parse(`2026-11-22T${time}Z`);
const iso = (time: string) => new Date(at(time)).toISOString();
const startOf = (id: string, time: string) => ({ id, readFrom: at(time) });
const reason = expect.stringMatching(/only later/);

describe('lateStartsOf', () => {
  const span = { from: at('09:00:00'), to: at('12:00:00') };

  it.each<[string, [string, string][], string[]]>([
    ['no log', [], []],
    ['one log', [['a', '10:30:00']], []],
    [
      'logs that began with the first, within the hour that is never told',
      [
        ['a', '10:30:00'],
        ['b', '11:00:00'],
      ],
      [],
    ],
    [
      'a log that began later',
      [
        ['a', '06:30:00'],
        ['b', '11:30:00'],
      ],
      ['b'],
    ],
    [
      'one that began before the time asked for',
      [
        ['a', '06:30:00'],
        ['b', '09:00:00'],
      ],
      [],
    ],
    [
      'one that begins after it',
      [
        ['a', '06:30:00'],
        ['b', '15:00:00'],
      ],
      ['b'],
    ],
    [
      'logs that all began after it',
      [
        ['a', '12:00:00'],
        ['b', '15:00:00'],
      ],
      [],
    ],
    [
      'one that began minutes after the first, which began with an hour',
      [
        ['a', '10:00:00'],
        ['b', '10:05:00'],
      ],
      ['b'],
    ],
  ])('tells of %s', (_, starts, late) => {
    const gaps = lateStartsOf({
      starts: starts.map(([id, time]) => startOf(id, time)),
      span,
    });
    expect(gaps).toEqual(
      late.map(id => ({
        kind: 'source',
        source: id,
        reason,
        from: iso(starts[0][1]),
        to: iso(Object.fromEntries(starts)[id]),
      })),
    );
  });

  it('names ten, the latest first, and counts the others', () => {
    const starts = [
      startOf('first', '06:30:00'),
      ...Array.from({ length: 13 }, (_, index) => ({
        id: `log ${index}`,
        readFrom: at('13:00:00') + index * day,
      })),
    ];
    const gaps = lateStartsOf({ starts, span });
    expect(gaps).toHaveLength(11);
    expect(gaps[0]).toMatchObject({ source: 'log 12' });
    expect(gaps[10]).toEqual({
      kind: 'source',
      source: '3 more logs',
      reason,
      from: iso('06:30:00'),
      to: '2026-11-24T13:00:00.000Z',
    });
  });
});
