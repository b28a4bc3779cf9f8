import type {
  MapEdge,
  ServiceMap,
} from '@lattice-portal/plugin-lattice-common';

/** Of edges that may be told again: there are thousands, and few change. */
const texts = new WeakMap<MapEdge, string>();

/**
 * The map as JSON, in UTF-8: it has megabytes, which are copied once only.
 */
export function toMapText(map: ServiceMap): Buffer {
  const { edges, ...others } = map;
  const parts = [JSON.stringify(others).slice(0, -1), ',"edges":['];
  for (const edge of edges) {
    parts.push(textOf(edge), ',');
  }
  if (edges.length > 0) {
    parts.pop();
  }
  parts.push(']}');
  return joined(parts);
}

/** Joins texts: to a text first and then to bytes takes several times as long. */
function joined(parts: readonly string[]): Buffer {
  let size = 0;
  for (const part of parts) {
    size += Buffer.byteLength(part);
  }
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  for (const part of parts) {
    at += bytes.write(part, at);
  }
  return bytes;
}

function textOf(edge: MapEdge): string {
  let text = texts.get(edge);
  if (text === undefined) {
    text = JSON.stringify(edge);
    texts.set(edge, text);
  }
  return text;
}
