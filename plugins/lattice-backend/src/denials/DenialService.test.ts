import { EstateIndex } from '../estate/EstateIndex';
import { DenialService } from './DenialService';

const index = EstateIndex.create({ accounts: [], snapshots: [] });
const now = Date.parse('2026-11-22T12:00:00Z');
const range = { from: now - 1, to: now };
const cause = (id: number) => ({ id: `c${id}`, count: 10, lastSeen: 0 });
const request = (id: number) => ({
  id: `r${id}`,
  startTime: 0,
  callerId: 'anonymous',
  record: { serviceArn: 's' },
});

/** A service over some denials, of which only the newest are counted. */
function setUp(size: number): DenialService {
  const ids = Array.from({ length: size }, (_, id) => id);
  const newest = async () => ({ count: 0, isAtLeast: true });
  return DenialService.create({
    denied: {
      count: newest,
      countOfCauses: newest,
      list: async ({ limit }: { limit: number }) =>
        ids.slice(0, limit).map(request),
      causes: async ({ limit }: { limit: number }) =>
        ids.slice(0, limit).map(cause),
    },
    map: { basis: async () => ({}) },
    retention: { causeDays: 30, deniedRequestDays: 30 },
  } as unknown as Parameters<typeof DenialService.create>[0]);
}

describe('DenialService', () => {
  it.each([
    ['none', { size: 0, count: 0, isAtLeast: false }],
    ['all on one page', { size: 2, count: 2, isAtLeast: false }],
    ['more than a page', { size: 3, count: 2, isAtLeast: true }],
  ])('says how many there are: %s', async (_, { size, count, isAtLeast }) => {
    const denials = setUp(size);
    const query = { index, range, filter: {}, limit: 2 };
    const { lines } = await denials.list(query);
    expect(lines).toEqual({ count, isAtLeast });
    const ofCauses = await denials.causes(query);
    expect(ofCauses.lines).toEqual({ count: 10 * count, isAtLeast });
  });

  it('takes the last page for what it is', async () => {
    const { lines } = await setUp(1).list({
      index,
      range,
      filter: {},
      limit: 2,
      after: { startTime: 1, id: 'r' },
    });
    expect(lines).toEqual({ count: 1, isAtLeast: true });
  });

  describe('of a service network', () => {
    const network = 'arn:aws:vpc-lattice:eu-central-1:1:servicenetwork/sn-1';

    /** As if so many denials of the same were of no known network. */
    function ask(
      unknown: { count: number; isAtLeast: boolean },
      hasUnknown = false,
    ) {
      const asked: any[] = [];
      const service = DenialService.create({
        denied: {
          count: async ({ filter }: any) => {
            asked.push(filter);
            return filter.where.some(
              ({ operator }: any) => operator === 'absent',
            )
              ? unknown
              : { count: 1, isAtLeast: false };
          },
          countOfCauses: async () => ({ count: 10, isAtLeast: false }),
          list: async () => [request(1)],
          causes: async (options: any) => {
            asked.push(options.range);
            return [cause(1)];
          },
        },
        map: {
          basis: async ({ range: { from, to } }: any) => ({
            window: { from, to },
            gaps: [],
          }),
          hasDeniedOfUnknownNetwork: async () => hasUnknown,
        },
        retention: { causeDays: 30, deniedRequestDays: 30 },
        now: () => now,
      } as unknown as Parameters<typeof DenialService.create>[0]);
      return { service, asked };
    }

    const query = {
      index,
      range,
      filter: { serviceNetworkArn: network, method: 'GET' },
      limit: 2,
    };

    it.each([
      ['none', { count: 0, isAtLeast: false }, false, undefined],
      ['some', { count: 3, isAtLeast: false }, true, 3],
      [
        'none among the newest',
        { count: 0, isAtLeast: true },
        false,
        undefined,
      ],
      [
        'none among the newest but some',
        { count: 0, isAtLeast: true },
        true,
        0,
      ],
    ])('says what is left out: %s', async (_, unknown, hasUnknown, calls) => {
      const { service, asked } = ask(unknown, hasUnknown);
      const gaps = [calls ?? []].flat().map(count => ({
        kind: 'network-unknown',
        calls: count,
        isAtLeast: unknown.isAtLeast,
      }));
      expect((await service.list(query)).gaps).toMatchObject(gaps);
      expect((await service.causes(query)).gaps).toMatchObject(gaps);
      expect(asked).toContainEqual(
        expect.objectContaining({
          method: 'GET',
          where: [{ field: 'serviceNetworkArn', operator: 'absent' }],
        }),
      );
    });

    it('gives causes of whole hours, and says so', async () => {
      const { service, asked } = ask({ count: 0, isAtLeast: false });
      const { window } = await service.causes({
        ...query,
        range: { from: now - 80 * 60_000, to: now - 20 * 60_000 },
      });
      const widened = { from: now - 120 * 60_000, to: now };
      expect(window).toEqual(widened);
      expect(asked).toContainEqual(widened);
    });
  });
});
