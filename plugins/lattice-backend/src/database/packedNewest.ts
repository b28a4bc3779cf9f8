import { JsonText } from './JsonText';

/** When the newest call of an edge began, and which denied request it is. */
export interface NewestOfEdge {
  /** Milliseconds since the epoch. */
  lastSeen: number;
  /** Absent: it was not denied, or is not kept as such any more. */
  deniedRequestId?: string;
}

/** The edges of one service, by their numbers. */
export type PackedNewest = Map<number, NewestOfEdge>;

/** As it is written down. */
type Packed = [lastSeen: number, deniedRequestId?: string];

const json = new JsonText();

/** The text that is kept of them, JSON: lists of time and denied request by number. */
export function packNewest(calls: PackedNewest): string {
  let between = '{"';
  for (const [number, { lastSeen, deniedRequestId }] of calls) {
    json.addText(between);
    json.addNumber(number);
    json.addText('":[');
    json.addNumber(lastSeen);
    if (deniedRequestId) {
      json.addText(`,"${deniedRequestId}"`);
    }
    between = '],"';
  }
  json.addText(calls.size > 0 ? ']}' : '{}');
  return json.take();
}

/** @param text - as {@link packNewest} made it */
export function unpackNewest(text: string): PackedNewest {
  const calls: PackedNewest = new Map();
  const packed: Record<string, Packed> = JSON.parse(text);
  for (const number of Object.keys(packed)) {
    const [lastSeen, deniedRequestId] = packed[number];
    calls.set(Number(number), { lastSeen, deniedRequestId });
  }
  return calls;
}
