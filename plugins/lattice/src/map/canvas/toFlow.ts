import type { ServiceMap } from '@lattice-portal/plugin-lattice-common';
import { edgeTitle } from '../describeEdge';
import type { MapLayout } from '../graph/layOutGraph';
import type { GraphNode, MapGraph } from '../graph/types';
import type { MapSelection } from '../useMapSelection';
import type {
  BoxFlowNode,
  ItemFlowNode,
  MemberFlowEdge,
  TrafficFlowEdge,
} from './types';

/** What {@link toFlow} draws from. */
export interface ToFlowOptions {
  map: ServiceMap;
  graph: MapGraph;
  layout: MapLayout;
  /** Edges that match what is looked for. Absent: nothing is looked for. */
  found: Set<string> | undefined;
  selection: MapSelection | undefined;
  onSelect: (selection: MapSelection) => void;
}

/** The graph at its places, as React Flow takes it. */
export function toFlow(options: ToFlowOptions) {
  const { map, graph, layout, found, selection, onSelect } = options;
  const { from, to } = map.window;
  const windowMinutes = (Date.parse(to) - Date.parse(from)) / 60_000;
  const lit = litIds(graph, found);
  const place = (id: string) => {
    const rectangle = layout.rectangles.get(id);
    return (
      rectangle && {
        id,
        position: { x: rectangle.x, y: rectangle.y },
        width: rectangle.width,
        height: rectangle.height,
        draggable: false,
        selectable: false,
        focusable: false,
      }
    );
  };
  const nodes: (BoxFlowNode | ItemFlowNode)[] = [];
  for (const box of graph.boxes) {
    const placed = place(box.id);
    if (placed) {
      const zIndex = box.kind === 'account' ? 0 : 1;
      const dimmed = Boolean(lit && !lit.has(box.id));
      nodes.push({ ...placed, type: 'box', zIndex, data: { box, dimmed } });
    }
  }
  for (const node of graph.nodes) {
    const placed = place(node.id);
    if (placed) {
      const target = selectionOf(node);
      nodes.push({
        ...placed,
        type: 'item',
        zIndex: 3,
        data: {
          node,
          windowMinutes,
          selected:
            selection?.kind === target.kind && selection.id === target.id,
          dimmed: Boolean(lit && !lit.has(node.id)),
          onSelect: () => onSelect(target),
        },
      });
    }
  }
  const edges: (TrafficFlowEdge | MemberFlowEdge)[] = [];
  for (const graphEdge of graph.edges) {
    const { id, source, target } = graphEdge;
    const points = layout.routes.get(id);
    const base = { id, source, target, focusable: false, selectable: false };
    if (!points) {
      continue;
    }
    if (graphEdge.kind === 'member') {
      const dimmed = Boolean(lit);
      const data = { points, dimmed };
      edges.push({ ...base, type: 'member', zIndex: 1, data });
    } else {
      const { edge } = graphEdge;
      const selected = selection?.kind === 'edge' && selection.id === id;
      edges.push({
        ...base,
        type: 'traffic',
        zIndex: 2,
        data: {
          points,
          edge,
          title: edgeTitle(map, edge),
          selected,
          dimmed: Boolean(found && !found.has(id)),
          onSelect: () => onSelect({ kind: 'edge', id }),
        },
      });
    }
  }
  return { nodes, edges };
}

function selectionOf(node: GraphNode): MapSelection {
  switch (node.kind) {
    case 'service':
      return { kind: 'service', id: node.service.id };
    case 'network':
      return { kind: 'network', id: node.network.id };
    default:
      return { kind: 'caller', id: node.caller.id };
  }
}

function litIds(graph: MapGraph, found: Set<string> | undefined) {
  if (!found) {
    return undefined;
  }
  const parents = new Map(
    [...graph.boxes, ...graph.nodes].map(({ id, parent }) => [id, parent]),
  );
  const lit = new Set<string>();
  for (const edge of graph.edges) {
    if (found.has(edge.id)) {
      for (const end of [edge.source, edge.target]) {
        for (let id: string | undefined = end; id; id = parents.get(id)) {
          lit.add(id);
        }
      }
    }
  }
  return lit;
}
