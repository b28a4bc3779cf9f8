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

/** How the text begins and ends, and what is between edges. Within a JSON string, the quotation mark is escaped. */
const OPEN = '{"';
const CLOSE = ']}';
const BETWEEN = '],"';

const json = new JsonText();

/** The text that is kept of them, JSON: lists of time and denied request by number. Numbers rise. */
export function packNewest(calls: PackedNewest): string {
  let between = OPEN;
  for (const number of [...calls.keys()].sort((one, other) => one - other)) {
    const { lastSeen, deniedRequestId } = calls.get(number)!;
    json.addText(between);
    json.addNumber(number);
    json.addText('":[');
    json.addNumber(lastSeen);
    if (deniedRequestId) {
      json.addText(`,${JSON.stringify(deniedRequestId)}`);
    }
    between = BETWEEN;
  }
  json.addText(calls.size > 0 ? CLOSE : '{}');
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

/**
 * Reads what is new in a text: most of it is as it was, and edges that read the same need not be unpacked.
 *
 * @param text - as {@link packNewest} made it
 * @param before - the text at another time. Absent: all is new
 */
export function unpackNews(text: string, before?: string): PackedNewest {
  // A migration has put spaces between.
  if (!before || !text.startsWith(OPEN) || !text.endsWith(CLOSE)) {
    return unpackNewest(text);
  }
  const known = edgesIn(before);
  const news: string[] = [];
  let at = 0;
  for (const edge of edgesIn(text)) {
    if (edge !== known[at]) {
      // Numbers rise.
      const number = parseInt(edge, 10);
      while (at < known.length && parseInt(known[at], 10) < number) {
        at++;
      }
    }
    if (edge === known[at]) {
      at++;
    } else {
      news.push(edge);
    }
  }
  return news.length > 0
    ? unpackNewest(`${OPEN}${news.join(BETWEEN)}${CLOSE}`)
    : new Map();
}

function edgesIn(text: string): string[] {
  return text.slice(OPEN.length, -CLOSE.length).split(BETWEEN);
}
