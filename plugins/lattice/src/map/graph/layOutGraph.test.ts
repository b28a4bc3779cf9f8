import ELK from 'elkjs/lib/elk.bundled.js';
import {
  fixtureCallerId,
  fixtureMap,
  fixtureServiceArn,
} from '../../__testUtils__/fixtureMap';
import { buildMapGraph } from './buildMapGraph';
import { layOutGraph } from './layOutGraph';

// There is no Worker here; the bundle computes the same on this thread.
jest.mock('./createElk', () => ({ createElk: () => new ELK() }));

describe('layOutGraph', () => {
  const graph = buildMapGraph(fixtureMap);

  it('puts callers left of services, inside their boxes, and routes every edge', async () => {
    const { rectangles, routes } = await layOutGraph(graph);
    const caller = rectangles.get(
      `caller:vpc-5:${fixtureCallerId('batch-export')}`,
    )!;
    const vpc = rectangles.get('vpc:vpc-5')!;
    const service = rectangles.get(
      `service:${fixtureServiceArn('inventory')}`,
    )!;
    expect(caller.x + caller.width).toBeLessThan(service.x);
    expect(caller.x).toBeGreaterThan(vpc.x);
    expect(caller.y + caller.height).toBeLessThan(vpc.y + vpc.height);
    expect([...routes.keys()].sort()).toEqual(
      graph.edges.map(({ id }) => id).sort(),
    );
  });

  it('gives the same places while only the traffic changes', async () => {
    const more = buildMapGraph({
      ...fixtureMap,
      edges: fixtureMap.edges.map(edge => ({
        ...edge,
        counts: { ...edge.counts, allowed: edge.counts.allowed + 1 },
      })),
    });
    expect(await layOutGraph(more)).toBe(await layOutGraph(graph));
    const fewer = buildMapGraph({
      ...fixtureMap,
      edges: fixtureMap.edges.slice(1),
    });
    expect(await layOutGraph(fewer)).not.toBe(await layOutGraph(graph));
  });
});
