import type {
  MapEdge,
  ServiceMap,
} from '@lattice-portal/plugin-lattice-common';

/** Of edges that may be told again: there are thousands, and few change. */
const texts = new WeakMap<MapEdge, string>();

/**
 * The map as JSON.
 */
export function toMapText(map: ServiceMap): string {
  const { edges, ...others } = map;
  const open = JSON.stringify(others).slice(0, -1);
  return `${open},"edges":[${edges.map(textOf).join(',')}]}`;
}

function textOf(edge: MapEdge): string {
  let text = texts.get(edge);
  if (text === undefined) {
    text = JSON.stringify(edge);
    texts.set(edge, text);
  }
  return text;
}
