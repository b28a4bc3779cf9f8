import { hourAfter, hoursReadOf, type ReadSpan } from './hoursRead';

const at = (time: string) => Date.parse(`2026-11-22T${time}Z`);
const span = (from: string, until: string): ReadSpan => ({
  readFrom: at(from),
  readUntil: at(until),
});

describe('hoursReadOf', () => {
  it.each<[string, ReadSpan[], [string, string] | undefined]>([
    ['no source', [], undefined],
    [
      'one source, from its first whole hour on',
      [span('07:10:00', '10:20:00')],
      ['08:00:00', '10:00:00'],
    ],
    [
      'a start on the hour',
      [span('07:00:00', '10:20:00')],
      ['07:00:00', '10:00:00'],
    ],
    [
      'lines that may be on their way',
      [span('07:00:00', '10:14:59')],
      ['07:00:00', '09:00:00'],
    ],
    [
      'the youngest and the slowest of several',
      [
        span('01:00:00', '10:20:00'),
        span('06:30:00', '11:20:00'),
        span('02:00:00', '09:59:00'),
      ],
      ['07:00:00', '09:00:00'],
    ],
    ['less than an hour', [span('09:10:00', '10:20:00')], undefined],
    [
      'a source that was not read yet',
      [span('01:00:00', '10:20:00'), {}],
      undefined,
    ],
    [
      'a source of which is not known since when it is read',
      [{ readUntil: at('10:20:00') }],
      undefined,
    ],
  ])('knows %s', (_, sources, expected) => {
    expect(hoursReadOf(sources)).toEqual(
      expected && { from: at(expected[0]), until: at(expected[1]) },
    );
  });
});

describe('hourAfter', () => {
  it('is later than its instant', () => {
    expect(hourAfter(at('10:00:00'))).toBe(at('11:00:00'));
    expect(hourAfter(at('10:59:59'))).toBe(at('11:00:00'));
  });
});
