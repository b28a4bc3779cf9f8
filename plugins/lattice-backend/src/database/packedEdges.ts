import type { CallSums } from '../ingest/callSums';
import { JsonText } from './JsonText';

/** The edges of one service in an hour or a day, by their numbers. */
export type PackedEdges = Map<number, CallSums>;

const json = new JsonText();

/** The text that is kept of them, JSON: the sums by number. */
export function packEdges(edges: PackedEdges): string {
  let between = '{"';
  for (const [number, sums] of edges) {
    json.addText(between);
    json.addNumber(number);
    json.addText('":[');
    json.addNumbers(sums);
    between = '],"';
  }
  json.addText(edges.size > 0 ? ']}' : '{}');
  return json.take();
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
