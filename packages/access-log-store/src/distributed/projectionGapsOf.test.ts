import { projectionGapsOf } from './projectionGapsOf';

const at = (day: string) => Date.parse(`${day}T00:00:00Z`);
const begin = expect.stringMatching(/begin with 2023-01-01/);
const end = expect.stringMatching(/end with tomorrow/);

describe('projectionGapsOf', () => {
  it.each<[string, string, unknown[]]>([
    ['2023-01-01', '2026-11-24', []],
    ['2022-12-01', '2022-12-03', [['2022-12-01', '2022-12-03', begin]]],
    ['2022-12-31', '2023-01-02', [['2022-12-31', '2023-01-01', begin]]],
    ['2026-11-20', '2026-11-25', [['2026-11-24', '2026-11-25', end]]],
    ['2026-12-01', '2026-12-02', [['2026-12-01', '2026-12-02', end]]],
  ])('tells of %s to %s: %j', (from, to, expected) => {
    expect(
      projectionGapsOf({
        database: 'lattice_portal',
        firstDay: '2023-01-01',
        span: { from: at(from), to: at(to) },
        now: Date.parse('2026-11-22T23:59:59Z'),
      }),
    ).toEqual(
      (expected as [string, string, string][]).map(([start, stop, reason]) => ({
        kind: 'source',
        source: 'lattice_portal in Amazon Athena',
        reason,
        from: new Date(start).toISOString(),
        to: new Date(stop).toISOString(),
      })),
    );
  });
});
