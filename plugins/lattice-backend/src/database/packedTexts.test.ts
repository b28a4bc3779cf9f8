import { packEdges, unpackEdges } from './packedEdges';
import { packNewest, unpackNewest } from './packedNewest';

describe('packed texts', () => {
  it('are JSON of edges', () => {
    const edges = new Map([
      [12, [3, 0, 3_599_999, ...new Array<number>(12).fill(1)]],
      [4, [2 ** 40, 5, 86_399_999, ...new Array<number>(12).fill(0)]],
    ]);
    const text = packEdges(edges);
    expect(JSON.parse(text)).toEqual(Object.fromEntries(edges));
    expect(unpackEdges(text)).toEqual(edges);
    expect(packEdges(new Map())).toBe('{}');
  });

  it('are JSON of what is newest', () => {
    const calls = new Map([
      [7, { lastSeen: 1_795_319_311_000, deniedRequestId: 'd995' }],
      [5, { lastSeen: -1, deniedRequestId: undefined }],
    ]);
    const text = packNewest(calls);
    expect(JSON.parse(text)).toEqual({
      5: [-1],
      7: [1_795_319_311_000, 'd995'],
    });
    expect(unpackNewest(text)).toEqual(calls);
    expect(packNewest(new Map())).toBe('{}');
  });
});
