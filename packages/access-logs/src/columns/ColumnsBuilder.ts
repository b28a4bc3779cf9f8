import {
  isDenied,
  type Outcome,
  outcomes,
} from '@lattice-portal/plugin-lattice-common';
import { CallerCache } from '../classify/CallerCache';
import { classify, outcomeOf } from '../classify/classify';
import { callIdentity } from '../fold/callKey';
import { connectionIdentity } from '../fold/connectionKey';
import { isNoValue } from '../parse/fieldReaders';
import { type LineBytes, textOf } from '../parse/LineBytes';
import { LineFields } from '../parse/LineFields';
import { nestsTooDeep, TOO_DEEP } from '../parse/nestsTooDeep';
import { isObject, parseAccessLogLine } from '../parse/parseAccessLogLine';
import { type CallFacts, readCallFacts } from '../parse/readCallFacts';
import { parseResourceRecord } from '../parse/resourceRecord';
import type { ScannedFacts } from '../parse/ScannedFacts';
import { parseServiceRecord } from '../parse/serviceRecord';
import { hashWords } from '../scan/hashWords';
import type { AccessLogCaller, ParsedAccessLogLine } from '../types';
import { BatchNumbers } from './BatchNumbers';
import { deniedCallOf } from './deniedCallOf';
import { emptyColumns, growLines } from './emptyColumns';
import { NOT_KNOWN, TokenNumbers } from './TokenNumbers';
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
const isDeniedNumber = outcomes.map(isDenied);

/** By the numbers of values, for all builders of a thread. */
interface ColumnTokens {
  services: TokenNumbers;
  networks: TokenNumbers;
  vpcs: TokenNumbers;
  callers: TokenNumbers;
}

/** Of all builders of a thread: no two have the same number. */
let batches = 0;

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
  static #sharedTokens?: ColumnTokens;
  // Of all builders of a thread: the next batch is mostly as large, and what grows leaves garbage behind.
  static #firstLines = FIRST_LINES;
  static #firstBytes = FIRST_BYTES;

  // Kept from batch to batch: a principal is found out about once.
  readonly #callerCache = new CallerCache();
  readonly #encoder = new TextEncoder();
  /** Lines that there is room for. */
  #lines = 0;
  #bytes = 0;
  #deniedBytes = 0;
  #columns = emptyColumns(0);
  readonly #services = new BatchNumbers<string>();
  readonly #networks = new BatchNumbers<string>();
  readonly #vpcs = new BatchNumbers<string>();
  /** The sessions of a role are one caller. */
  readonly #callers = new BatchNumbers<AccessLogCaller>();
  /** Undefined: of all. */
  readonly #servicesWithTexts?: ReadonlySet<string>;

  readonly #tokens: ColumnTokens;
  #batch = ++batches;

  constructor(texts: TextsToKeep) {
    ColumnsBuilder.#sharedTokens ??= {
      services: new TokenNumbers(),
      networks: new TokenNumbers(),
      vpcs: new TokenNumbers(),
      callers: new TokenNumbers(),
    };
    this.#tokens = ColumnsBuilder.#sharedTokens;
    this.#servicesWithTexts =
      texts === 'all' ? undefined : new Set(texts.ofServices);
  }

  /** Number of lines. */
  get size(): number {
    return this.#columns.size;
  }

  /** About how many bytes there are of what is kept of lines. */
  get bytes(): number {
    return this.#bytes + this.#deniedBytes;
  }

  /** Adds a line that was read already. */
  addCall(facts: ScannedFacts, lineId: number): void {
    const at = this.#addLine(lineId);
    this.#addScanned(facts, at);
    if (isDeniedNumber[this.#columns.outcomes[at]]) {
      this.#addDenied(parseAccessLogLine(textOf(facts.line)), at);
    }
    if (this.#keepsText(at)) {
      this.#addBytes(facts.line);
    }
    this.#columns.textEnds[at] = this.#bytes;
  }

  add(line: LineToRead): void {
    const at = this.#addLine(line.lineId);
    const columns = this.#columns;
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

  #addLine(lineId: number): number {
    const at = this.#columns.size;
    if (at === this.#lines) {
      this.#lines = Math.max(ColumnsBuilder.#firstLines, 2 * this.#lines);
      growLines(this.#columns, this.#lines);
    }
    const { lineIds } = this.#columns;
    this.#columns.size = at + 1;
    lineIds[at * LINE_ID_WORDS] = Math.floor(lineId / 2 ** 32);
    lineIds[at * LINE_ID_WORDS + 1] = lineId % 2 ** 32;
    return at;
  }

  #keepsText(at: number): boolean {
    const { kinds, services } = this.#columns;
    const ofServices = this.#servicesWithTexts;
    if (!ofServices || kinds[at] === numberOfKind.unparsed) {
      return true;
    }
    return (
      ofServices.size > 0 &&
      kinds[at] === numberOfKind.call &&
      ofServices.has(this.#services.valueOf(services[at]))
    );
  }

  /** What was added since the last time. */
  take(): RecordColumns {
    const columns = this.#columns;
    ColumnsBuilder.#firstLines = Math.max(FIRST_LINES, columns.size);
    ColumnsBuilder.#firstBytes = this.#bytes + FIRST_BYTES;
    this.#lines = 0;
    this.#bytes = 0;
    this.#deniedBytes = 0;
    this.#columns = emptyColumns(0);
    this.#batch = ++batches;
    columns.serviceArns = this.#services.take();
    columns.networkArns = this.#networks.take();
    columns.vpcIds = this.#vpcs.take();
    columns.callerList = this.#callers
      .take()
      .map(({ kind, id, accountId }) => ({ kind, id, accountId }));
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
    if (nestsTooDeep(json)) {
      return TOO_DEEP;
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
    this.#addCall(read.facts, callIdentity(read.facts), at);
    if (isDeniedNumber[this.#columns.outcomes[at]]) {
      this.#addDenied(parseServiceRecord(json), at);
    }
    return undefined;
  }

  #addScanned(facts: ScannedFacts, at: number): void {
    const { turn, serviceToken, networkToken, vpcToken, callerToken } = facts;
    const { services, networks, vpcs, callers } = this.#tokens;
    const batch = this.#batch;
    this.#addEnd(facts, at, facts.identity, outcomeOf(facts));
    const columns = this.#columns;
    let service = services.get(serviceToken, turn, batch);
    if (service === NOT_KNOWN) {
      service = services.set(serviceToken, batch, this.#serviceNumber(facts));
    }
    columns.services[at] = service;
    let network = networks.get(networkToken, turn, batch);
    if (network === NOT_KNOWN) {
      network = networks.set(networkToken, batch, this.#networkNumber(facts));
    }
    columns.networks[at] = network;
    if (callerToken === undefined) {
      const found = this.#callerCache.callerOf(facts);
      columns.callers[at] = this.#callerNumber(found);
    } else {
      let caller = callers.get(callerToken, turn, batch);
      if (caller === NOT_KNOWN) {
        const number = this.#callerNumber(facts.caller);
        caller = callers.set(callerToken, batch, number);
      }
      columns.callers[at] = caller;
    }
    if (vpcToken === undefined) {
      columns.vpcs[at] = this.#vpcNumber(facts);
      return;
    }
    let vpc = vpcs.get(vpcToken, turn, batch);
    if (vpc === NOT_KNOWN) {
      vpc = vpcs.set(vpcToken, batch, this.#vpcNumber(facts));
    }
    columns.vpcs[at] = vpc;
  }

  #addCall(facts: CallFacts, identity: string, at: number): void {
    this.#addEnd(facts, at, identity, classify(facts));
    const columns = this.#columns;
    columns.services[at] = this.#serviceNumber(facts);
    columns.networks[at] = this.#networkNumber(facts);
    columns.vpcs[at] = this.#vpcNumber(facts);
    columns.callers[at] = this.#callerNumber(this.#callerCache.callerOf(facts));
  }

  #addDenied(parsed: ParsedAccessLogLine, at: number): void {
    if (!parsed.ok || parsed.kind !== 'service') {
      throw new Error('A denied call was read, but not its record');
    }
    const denied = deniedCallOf(parsed.record, at);
    this.#columns.deniedCalls.push(denied);
    this.#deniedBytes += denied.record.length;
  }

  /** What has no number in the batch. */
  #addEnd(
    facts: CallFacts,
    at: number,
    identity: string | Uint8Array,
    outcome: Outcome,
  ): void {
    const columns = this.#columns;
    this.#set(at, { kind: 'call', time: facts.timestamp, identity });
    columns.outcomes[at] = numberOfOutcome.get(outcome)!;
    columns.durations[at] = facts.duration ?? NOT_RECORDED;
  }

  #serviceNumber({ serviceArn }: CallFacts): number {
    return this.#services.numberOf(serviceArn, serviceArn);
  }

  #networkNumber({ serviceNetworkArn = '' }: CallFacts): number {
    return this.#networks.numberOf(serviceNetworkArn, serviceNetworkArn);
  }

  #vpcNumber({ sourceVpcId = '' }: CallFacts): number {
    return this.#vpcs.numberOf(sourceVpcId, sourceVpcId);
  }

  #callerNumber(caller: AccessLogCaller): number {
    return this.#callers.numberOf(caller.id, caller);
  }

  #set(
    at: number,
    row: {
      kind: (typeof recordKinds)[number];
      time: number;
      identity: string | Uint8Array;
    },
  ): void {
    const columns = this.#columns;
    columns.kinds[at] = numberOfKind[row.kind];
    columns.times[at] = row.time;
    hashWords(row.identity, columns.keys, at * KEY_WORDS);
  }

  #addText(text: string): void {
    // A character takes three bytes at most.
    const room = this.#roomFor(3 * text.length);
    this.#bytes += this.#encoder.encodeInto(text, room).written;
  }

  #addBytes({ bytes, start, stop }: LineBytes): void {
    this.#roomFor(stop - start).set(bytes.subarray(start, stop));
    this.#bytes += stop - start;
  }

  #roomFor(bytes: number): Uint8Array {
    const columns = this.#columns;
    const needed = this.#bytes + bytes;
    if (needed > columns.texts.length) {
      const texts = new Uint8Array(
        Math.max(
          ColumnsBuilder.#firstBytes,
          1.5 * columns.texts.length,
          needed,
        ),
      );
      texts.set(columns.texts.subarray(0, this.#bytes));
      columns.texts = texts;
    }
    return columns.texts.subarray(this.#bytes);
  }
}
