import { fixtureCallerId, fixtureMap } from '../../__testUtils__/fixtureMap';
import { buildMapGraph } from './buildMapGraph';

describe('buildMapGraph', () => {
  it('keeps a caller in each VPC it calls from', () => {
    const [first] = fixtureMap.edges;
    const graph = buildMapGraph({
      ...fixtureMap,
      edges: [
        first,
        { ...first, id: 'again', sourceVpcId: 'vpc-2' },
        { ...first, id: 'nowhere', sourceVpcId: undefined },
      ],
    });
    const callers = graph.nodes.filter(({ kind }) => kind === 'caller');
    expect(callers.map(({ parent }) => parent).sort()).toEqual([
      'account:0:445566778899',
      'vpc:vpc-1',
      'vpc:vpc-2',
    ]);
  });

  it('puts a caller without account or VPC into a box that says so', () => {
    const graph = buildMapGraph({
      ...fixtureMap,
      edges: [
        {
          ...fixtureMap.edges[0],
          callerId: fixtureCallerId('anonymous'),
          sourceVpcId: undefined,
        },
      ],
    });
    const caller = graph.nodes.find(({ kind }) => kind === 'caller')!;
    const box = graph.boxes.find(({ id }) => id === caller.parent)!;
    expect(box.title).toBe('Account not recorded');
  });

  it('shows VPCs without traffic, and why they have none', () => {
    const { boxes } = buildMapGraph(fixtureMap);
    expect(boxes.find(({ id }) => id === 'vpc:vpc-6')).toMatchObject({
      parent: 'account:0:778899001122',
      note: 'in no service network',
    });
  });
});
