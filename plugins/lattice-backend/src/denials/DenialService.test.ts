import { EstateIndex } from '../estate/EstateIndex';
import { DenialService } from './DenialService';

const index = EstateIndex.create({ accounts: [], snapshots: [] });
const range = { from: 0, to: 1 };
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
});
