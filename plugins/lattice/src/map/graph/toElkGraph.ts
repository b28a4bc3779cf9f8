import type { ElkNode } from 'elkjs/lib/elk-api';
import type { GraphBox, MapGraph } from './types';

const sizes = {
  caller: { width: 204, height: 44 },
  network: { width: 172, height: 52 },
  service: { width: 232, height: 54 },
};

const EMPTY_VPC = { width: 252, height: 56 };

const rootOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.partitioning.activate': 'true',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.spacing.nodeNodeBetweenLayers': '84',
  'elk.layered.spacing.edgeNodeBetweenLayers': '20',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '14',
  'elk.spacing.nodeNode': '14',
  'elk.spacing.edgeNode': '14',
  'elk.spacing.edgeEdge': '14',
};

/** The graph as ELK's layered algorithm takes it. */
export function toElkGraph(graph: MapGraph): ElkNode {
  const childrenOf = (parent: string | undefined): ElkNode[] => [
    ...graph.boxes
      .filter(box => box.parent === parent)
      .map(box => toElkBox(box, childrenOf(box.id))),
    ...graph.nodes
      .filter(node => node.parent === parent)
      .map(node => ({ id: node.id, ...sizes[node.kind] })),
  ];
  return {
    id: 'root',
    layoutOptions: rootOptions,
    children: childrenOf(undefined),
    edges: graph.edges.map(edge => ({
      id: edge.id,
      sources: [edge.source],
      targets: [edge.target],
      layoutOptions: {
        'elk.layered.priority.straightness':
          edge.kind === 'traffic' ? '5' : '0',
      },
    })),
  };
}

function toElkBox(box: GraphBox, children: ElkNode[]): ElkNode {
  if (!children.length) {
    return { id: box.id, ...EMPTY_VPC };
  }
  return {
    id: box.id,
    children,
    layoutOptions: {
      'elk.padding': '[top=34,left=12,bottom=12,right=12]',
      ...(box.column === undefined
        ? undefined
        : { 'elk.partitioning.partition': String(box.column) }),
    },
  };
}
