import type {
  MapEdge,
  ServiceMap,
} from '@lattice-portal/plugin-lattice-common';

/** An edge as JSON, with a comma behind it. */
interface EdgeText {
  text: string;
  /** Bytes in UTF-8. */
  size: number;
}

/** Of edges that may be told again: there are thousands, and few change. */
const texts = new WeakMap<MapEdge, EdgeText>();

const CLOSE = ']}';

/**
 * The map as JSON, in UTF-8: it has megabytes, which are copied once only.
 */
export function toMapText(map: ServiceMap): Buffer {
  const { edges, ...others } = map;
  const open = `${JSON.stringify(others).slice(0, -1)},"edges":[`;
  const told = edges.map(textOf);
  let size = Buffer.byteLength(open) + CLOSE.length;
  for (const edge of told) {
    size += edge.size;
  }
  const bytes = Buffer.allocUnsafe(size);
  let at = bytes.write(open);
  for (const edge of told) {
    // Of characters that take a byte each it need not be found out again.
    const encoding = edge.size === edge.text.length ? 'latin1' : 'utf8';
    at += bytes.write(edge.text, at, encoding);
  }
  if (told.length > 0) {
    // In the place of the last comma.
    at--;
  }
  at += bytes.write(CLOSE, at);
  return bytes.subarray(0, at);
}

function textOf(edge: MapEdge): EdgeText {
  let told = texts.get(edge);
  if (!told) {
    const text = `${JSON.stringify(edge)},`;
    told = { text, size: Buffer.byteLength(text) };
    texts.set(edge, told);
  }
  return told;
}
