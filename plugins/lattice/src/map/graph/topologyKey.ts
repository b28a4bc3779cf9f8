import type { MapGraph } from './types';

/** Equal for graphs of equal shape, whatever traffic they carry. */
export function topologyKey(graph: MapGraph): string {
  return JSON.stringify([
    graph.boxes.map(box => [box.id, box.parent]),
    graph.nodes.map(node => [node.id, node.parent]),
    graph.edges.map(edge => [edge.source, edge.target]),
  ]);
}
