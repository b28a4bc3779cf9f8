import { isDenied, outcomes } from '@lattice-portal/plugin-lattice-common';
import { CallerCache } from '../classify/CallerCache';
import { classify } from '../classify/classify';
import { callIdentity } from '../fold/callKey';
import { connectionIdentity } from '../fold/connectionKey';
import { isNoValue } from '../parse/fieldReaders';
import { LineFields } from '../parse/LineFields';
import { ownText } from '../parse/ownText';
import { isObject } from '../parse/parseAccessLogLine';
import { type CallFacts, readCallFacts } from '../parse/readCallFacts';
import { parseResourceRecord } from '../parse/resourceRecord';
import { hashWords } from '../scan/hashWords';
import {
  KEY_WORDS,
  LINE_ID_WORDS,
  type RecordColumns,
  recordKinds,
  type TextsToKeep,
} from './RecordColumns';

const FIRST_LINES = 64;
const FIRST_BYTES = 64 * 1024;
const NOT_RECORDED = Number.NaN;

const numberOfKind = Object.fromEntries(
  recordKinds.map((kind, number) => [kind, number]),
) as Record<(typeof recordKinds)[number], number>;
const numberOfOutcome = new Map(
  outcomes.map((outcome, number) => [outcome, number]),
);

/** Columns with something of each line. */
const lineColumns = [
  'kinds',
  'times',
  'keys',
  'lineIds',
  'services',
  'networks',
  'callers',
  'vpcs',
  'outcomes',
  'durations',
  'textEnds',
] as const;

/** A line, before it is read. */
export interface LineToRead {
  text: string;
  /** What its JSON holds. Undefined: it is none. */
  json: unknown;
  /** 48 bits: tells the lines of one call in one source apart. */
  lineId: number;
  /** Milliseconds since the epoch. */
  deliveredAt: number;
  /** Where it stands, in words. */
  place?: string;
  /** Why it can't be read, where that is known. */
  aside?: string;
}

/** Reads and classifies lines into columns. */
export class ColumnsBuilder {
  // Kept from batch to batch: a principal is found out about once.
  readonly #callerCache = new CallerCache();
  readonly #encoder = new TextEncoder();
  #firstLines = FIRST_LINES;
  #firstBytes = FIRST_BYTES;
  /** Lines that there is room for. */
  #lines = 0;
  #bytes = 0;
  #columns = emptyColumns(0);
  #serviceNumbers = new Map<string, number>();
  #networkNumbers = new Map<string, number>();
  #vpcNumbers = new Map<string, number>();
  /** By what is recorded: mostly the session of a role. */
  #principalNumbers = new Map<string, number>();
  #callerNumbers = new Map<string, number>();
  /** Undefined: of all. */
  readonly #servicesWithTexts?: ReadonlySet<string>;

  constructor(texts: TextsToKeep) {
    this.#servicesWithTexts =
      texts === 'all' ? undefined : new Set(texts.ofServices);
  }

  /** Number of lines. */
  get size(): number {
    return this.#columns.size;
  }

  /** Bytes of the lines' texts. */
  get bytes(): number {
    return this.#bytes;
  }

  add(line: LineToRead): void {
    const at = this.#columns.size;
    if (at === this.#lines) {
      this.#lines = Math.max(this.#firstLines, 2 * this.#lines);
      growLines(this.#columns, this.#lines);
    }
    const columns = this.#columns;
    columns.size = at + 1;
    columns.lineIds[at * LINE_ID_WORDS] = Math.floor(line.lineId / 2 ** 32);
    columns.lineIds[at * LINE_ID_WORDS + 1] = line.lineId % 2 ** 32;
    const reason = line.aside ?? this.#read(line.json, at);
    if (reason !== undefined) {
      const { lineId, text, deliveredAt, place } = line;
      const identity = JSON.stringify([lineId, text]);
      this.#set(at, { kind: 'unparsed', time: deliveredAt, identity });
      columns.asides.push({ at, reason, place });
    }
    if (this.#keepsText(at)) {
      this.#addText(line.text);
    }
    columns.textEnds[at] = this.#bytes;
  }

  #keepsText(at: number): boolean {
    const { kinds, outcomes: ends, services, serviceArns } = this.#columns;
    const ofServices = this.#servicesWithTexts;
    if (!ofServices || kinds[at] === numberOfKind.unparsed) {
      return true;
    }
    return (
      kinds[at] === numberOfKind.call &&
      (isDenied(outcomes[ends[at]]) ||
        (ofServices.size > 0 && ofServices.has(serviceArns[services[at]])))
    );
  }

  /** What was added since the last time. */
  take(): RecordColumns {
    const columns = this.#columns;
    // The next batch is mostly as large: what grows leaves garbage behind.
    this.#firstLines = Math.max(FIRST_LINES, columns.size);
    this.#firstBytes = this.#bytes + FIRST_BYTES;
    this.#lines = 0;
    this.#bytes = 0;
    this.#columns = emptyColumns(0);
    this.#serviceNumbers = new Map();
    this.#networkNumbers = new Map();
    this.#vpcNumbers = new Map();
    this.#principalNumbers = new Map();
    this.#callerNumbers = new Map();
    return columns;
  }

  /** @returns why it can't be read; undefined: it was */
  #read(json: unknown, at: number): string | undefined {
    if (json === undefined) {
      return 'not JSON';
    }
    if (!isObject(json)) {
      return 'not a JSON object';
    }
    if (!isNoValue(json.resourceConfigurationArn)) {
      const parsed = parseResourceRecord(json);
      if (!parsed.ok) {
        return parsed.reason;
      }
      if (parsed.kind === 'resource') {
        const { record } = parsed;
        const identity = connectionIdentity(record);
        this.#set(at, { kind: 'connection', time: record.timestamp, identity });
      }
      return undefined;
    }
    const read = readCallFacts(new LineFields(json), json);
    if (!read.ok) {
      return read.reason;
    }
    this.#addCall(read.facts, at);
    return undefined;
  }

  #addCall(facts: CallFacts, at: number): void {
    const columns = this.#columns;
    const { timestamp: time, serviceArn, serviceNetworkArn, duration } = facts;
    this.#set(at, { kind: 'call', time, identity: callIdentity(facts) });
    columns.services[at] = numberOf(
      serviceArn,
      this.#serviceNumbers,
      columns.serviceArns,
    );
    columns.networks[at] = numberOf(
      serviceNetworkArn ?? '',
      this.#networkNumbers,
      columns.networkArns,
    );
    columns.vpcs[at] = numberOf(
      facts.sourceVpcId ?? '',
      this.#vpcNumbers,
      columns.vpcIds,
    );
    columns.callers[at] = this.#callerNumber(facts);
    columns.outcomes[at] = numberOfOutcome.get(classify(facts))!;
    columns.durations[at] = duration ?? NOT_RECORDED;
  }

  #callerNumber(facts: CallFacts): number {
    const principal = facts.resolvedUser ?? facts.callerPrincipal ?? '';
    let number = this.#principalNumbers.get(principal);
    if (number === undefined) {
      const { kind, id, accountId } = this.#callerCache.callerOf(facts);
      // The sessions of a role are one caller.
      number = this.#callerNumbers.get(id);
      if (number === undefined) {
        number = this.#columns.callerList.push({ kind, id, accountId }) - 1;
        this.#callerNumbers.set(id, number);
      }
      this.#principalNumbers.set(ownText(principal), number);
    }
    return number;
  }

  #set(
    at: number,
    row: { kind: (typeof recordKinds)[number]; time: number; identity: string },
  ): void {
    const columns = this.#columns;
    columns.kinds[at] = numberOfKind[row.kind];
    columns.times[at] = row.time;
    hashWords(row.identity, columns.keys, at * KEY_WORDS);
  }

  #addText(text: string): void {
    const columns = this.#columns;
    // A character takes three bytes at most.
    const needed = this.#bytes + 3 * text.length;
    if (needed > columns.texts.length) {
      const texts = new Uint8Array(
        Math.max(this.#firstBytes, 1.5 * columns.texts.length, needed),
      );
      texts.set(columns.texts.subarray(0, this.#bytes));
      columns.texts = texts;
    }
    const { written } = this.#encoder.encodeInto(
      text,
      columns.texts.subarray(this.#bytes),
    );
    this.#bytes += written;
  }
}

function numberOf(
  text: string,
  numbers: Map<string, number>,
  list: string[],
): number {
  let number = numbers.get(text);
  if (number === undefined) {
    const copy = ownText(text);
    number = list.push(copy) - 1;
    numbers.set(copy, number);
  }
  return number;
}

function emptyColumns(lines: number): RecordColumns {
  return {
    size: 0,
    kinds: new Uint8Array(lines),
    times: new Float64Array(lines),
    keys: new Uint32Array(lines * KEY_WORDS),
    lineIds: new Uint32Array(lines * LINE_ID_WORDS),
    services: new Uint32Array(lines),
    networks: new Uint32Array(lines),
    callers: new Uint32Array(lines),
    vpcs: new Uint32Array(lines),
    outcomes: new Uint8Array(lines),
    durations: new Float64Array(lines),
    serviceArns: [],
    networkArns: [],
    callerList: [],
    vpcIds: [],
    texts: new Uint8Array(0),
    textEnds: new Uint32Array(lines),
    asides: [],
  };
}

/** Makes room for as many lines. */
function growLines(columns: RecordColumns, lines: number): void {
  const larger = emptyColumns(lines);
  for (const name of lineColumns) {
    larger[name].set(columns[name] as never);
    columns[name] = larger[name] as never;
  }
}

/** The memory of columns, to be handed to another thread. */
export function buffersOf(columns: RecordColumns): ArrayBuffer[] {
  return [...lineColumns, 'texts' as const].map(
    name => columns[name].buffer as ArrayBuffer,
  );
}
