import type { ELK, ElkNode } from 'elkjs/lib/elk-api';
import { createElk } from './createElk';
import { toElkGraph } from './toElkGraph';
import { topologyKey } from './topologyKey';
import type { MapGraph } from './types';

/** A place on the drawing. */
export interface Point {
  x: number;
  y: number;
}

/** Where everything is. */
export interface MapLayout {
  rectangles: Map<string, Point & { width: number; height: number }>;
  /** Bend points, ends included, by edge id. */
  routes: Map<string, Point[]>;
}

const KEPT = 30;
const layouts = new Map<string, Promise<MapLayout>>();
let elk: ELK | undefined;

/**
 * Places a graph. The same shape always gets the same places, so nothing moves unless its data did.
 */
export function layOutGraph(graph: MapGraph): Promise<MapLayout> {
  const key = topologyKey(graph);
  const known = layouts.get(key);
  if (known) {
    return known;
  }
  const layout = compute(graph);
  layouts.set(key, layout);
  layout.catch(() => layouts.delete(key));
  const [oldest] = layouts.keys();
  if (layouts.size > KEPT) {
    layouts.delete(oldest);
  }
  return layout;
}

async function compute(graph: MapGraph): Promise<MapLayout> {
  elk ??= createElk();
  const root = await elk.layout(toElkGraph(graph));
  const layout: MapLayout = { rectangles: new Map(), routes: new Map() };
  collect(root, layout);
  return layout;
}

function collect(node: ElkNode, layout: MapLayout) {
  for (const child of node.children ?? []) {
    const { id, x = 0, y = 0, width = 0, height = 0 } = child;
    layout.rectangles.set(id, { x, y, width, height });
    collect(child, layout);
  }
  for (const edge of node.edges ?? []) {
    const points = (edge.sections ?? []).flatMap(
      ({ startPoint, bendPoints = [], endPoint }) => [
        startPoint,
        ...bendPoints,
        endPoint,
      ],
    );
    if (points.length > 1) {
      layout.routes.set(edge.id, points);
    }
  }
}
