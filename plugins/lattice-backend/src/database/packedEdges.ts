import type { CallSums } from '../ingest/callSums';

/** The edges of one service in an hour or a day, by their numbers. */
export type PackedEdges = Map<number, CallSums>;

/** The text that is kept of them, JSON: the sums by number. */
export function packEdges(edges: PackedEdges): string {
  return JSON.stringify(Object.fromEntries(edges));
}

/** @param text - as {@link packEdges} made it */
export function unpackEdges(text: string): PackedEdges {
  const edges: PackedEdges = new Map();
  const packed: Record<string, CallSums> = JSON.parse(text);
  for (const number of Object.keys(packed)) {
    edges.set(Number(number), packed[number]);
  }
  return edges;
}
