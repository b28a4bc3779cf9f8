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

/** Characters of digits. */
const ZERO = 48;
const NINE = 57;

/**
 * Reads texts of any number of services to numbers in a row: that of an edge, its sums, the number of the next
 * edge. There are hundreds of thousands, and maps and lists of them take several times as long.
 *
 * @param texts - as {@link packEdges} made them. All that it writes is whole, and not negative
 */
export function numbersOfEdges(texts: readonly string[]): Float64Array {
  // Between two numbers, there is another character.
  const most = texts.reduce((sum, { length }) => sum + length / 2, 0);
  const numbers = new Float64Array(Math.ceil(most));
  let length = 0;
  for (const text of texts) {
    let number = -1;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code >= ZERO && code <= NINE) {
        number = Math.max(number, 0) * 10 + (code - ZERO);
      } else if (number >= 0) {
        numbers[length++] = number;
        number = -1;
      }
    }
  }
  return numbers.subarray(0, length);
}
