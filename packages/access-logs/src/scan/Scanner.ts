import { isDenied } from '@lattice-portal/plugin-lattice-common';
import { CallerCache } from '../classify/CallerCache';
import { classify } from '../classify/classify';
import { callIdentity } from '../fold/callKey';
import { connectionIdentity } from '../fold/connectionKey';
import { pathShape } from '../fold/pathShape';
import { CallFactsReader } from '../parse/CallFactsReader';
import { textOf } from '../parse/LineBytes';
import { parseAccessLogValue } from '../parse/parseAccessLogLine';
import { parseJson } from '../parse/parseJson';
import type { CallFacts } from '../parse/readCallFacts';
import { PolicyReplay } from '../replay/PolicyReplay';
import { exampleOf } from '../replay/ReplayTally';
import type {
  AccessLogCaller,
  AccessLogRecord,
  ResourceAccessLogRecord,
} from '../types';
import { hashWords, tagOf } from './hashWords';
import type { Line } from './LineSplitter';
import type { LogSource } from './LogSource';
import type { RecordGroup, ScanBatch, UnparsedLine } from './ScanBatch';
import { matchesCaller, matchesPlace, type ScanSettings } from './ScanSettings';
import { type Unwrapped, unwrapLine } from './unwrapLine';

const BATCH_RECORDS = 8192;
const BATCH_UNPARSED = 512;
const EXCERPT_CHARACTERS = 400;
/** From so many groups on, paths that are new fold to one: their number is the clients' to choose. */
const MAX_GROUPS = 200_000;
const MAX_USUAL_GROUPS = 100_000;

/** A call as it stands in a line. */
interface ScannedCall {
  facts: CallFacts;
  identity: string | Uint8Array;
  /** With policies, which look at all of it. */
  record?: AccessLogRecord;
}

/** Turns lines into batches of records. One for all files of a thread. */
export class Scanner {
  readonly #settings: ScanSettings;
  readonly #onBatch: (batch: ScanBatch) => void;
  readonly #replay?: PolicyReplay;
  /** Absent: policies look at more than what calls are counted by. */
  readonly #reader?: CallFactsReader;
  readonly #groups = new Map<string, number>();
  #usualGroups = 0;
  readonly #callers = new CallerCache();
  #file = '';
  #source: LogSource = { place: '', isSubscription: false, stamp: '' };
  #subscriptionTag = 0;
  #batch: ScanBatch;

  constructor(settings: ScanSettings, onBatch: (batch: ScanBatch) => void) {
    this.#settings = settings;
    this.#onBatch = onBatch;
    this.#batch = emptyBatch();
    const { policies } = settings;
    this.#reader = policies ? undefined : new CallFactsReader();
    this.#replay =
      policies &&
      PolicyReplay.create({
        network: policies.network,
        services: new Map(policies.services),
      });
  }

  startFile(file: string, source: LogSource): void {
    this.#file = file;
    this.#source = source;
    this.#subscriptionTag = tagOf(source.place);
  }

  add(line: Line): void {
    if (line.isTooLong) {
      this.#keepAside(line, 'the line is too long to be read', textOf(line));
      return;
    }
    const facts = this.#reader?.read(line);
    if (facts) {
      this.#addCall(
        { facts, identity: facts.identity },
        this.#source.isSubscription ? undefined : { text: textOf(line) },
      );
      return;
    }
    const parse = (text: string) => {
      const json = parseJson(text);
      this.#reader?.learn(text, json);
      return json;
    };
    for (const unwrapped of unwrapLine(textOf(line), parse)) {
      this.#addOne(line, unwrapped);
    }
  }

  /** Hands on what has gathered. */
  flush(): void {
    const batch = this.#batch;
    if (batch.size > 0 || batch.unparsed.length > 0 || batch.outside > 0) {
      this.#batch = emptyBatch();
      this.#onBatch(batch);
    }
  }

  #addOne(line: Line, unwrapped: Unwrapped): void {
    if (unwrapped.json === undefined) {
      this.#keepAside(line, 'not JSON', unwrapped.text);
      return;
    }
    const parsed = parseAccessLogValue(unwrapped.json);
    if (!parsed.ok) {
      this.#keepAside(line, parsed.reason, unwrapped.text);
    } else if (parsed.kind === 'service') {
      const { record } = parsed;
      this.#addCall(
        { facts: record, identity: callIdentity(record), record },
        unwrapped,
      );
    } else {
      this.#addConnection(parsed.record, unwrapped);
    }
  }

  /** @param unwrapped - absent: nothing but the source tells whose record it is */
  #addCall(call: ScannedCall, unwrapped: Unwrapped | undefined): void {
    const { filter } = this.#settings;
    const { facts, identity } = call;
    if (!matchesPlace(filter, facts, facts.serviceArn)) {
      this.#batch.outside++;
      return;
    }
    const caller = this.#callers.callerOf(facts);
    if (!matchesCaller(filter, caller)) {
      this.#batch.outside++;
      return;
    }
    this.#push({
      time: facts.timestamp,
      identity,
      unwrapped,
      group: this.#callGroup(call, caller),
    });
  }

  #callGroup({ facts, record }: ScannedCall, caller: AccessLogCaller): number {
    const { serviceArn } = facts;
    const outcome = classify(facts);
    const call = record && { record, caller, outcome };
    const change = call && this.#replay?.changeOf(call);
    const base = `${serviceArn}\n${caller.id}\n${caller.kind}\n${outcome}\n${change}`;
    const make = (method?: string, path?: string): RecordGroup => ({
      kind: 'call',
      serviceArn,
      caller: caller.id,
      callerKind: caller.kind,
      outcome,
      method,
      path,
      change,
      ...(call &&
        change && {
          example: exampleOf(call.record, outcome),
          reasons:
            change === 'unknown' ? this.#replay?.reasonsFor(call) : undefined,
        }),
    });
    if (!change && !isDenied(outcome)) {
      return this.#groupNumber(base, make);
    }
    const { requestMethod: method, requestPath } = facts;
    const path = requestPath === undefined ? undefined : pathShape(requestPath);
    const key = `${base}\n${JSON.stringify([method, path])}`;
    return this.#hasRoomFor(key, change === 'unchanged' && !isDenied(outcome))
      ? this.#groupNumber(key, () => make(method, path))
      : this.#groupNumber(`${base}\n*`, () => make('*', '*'));
  }

  /** @param isUsual - a group of calls of which nothing is to be told; such must not take the others' room */
  #hasRoomFor(key: string, isUsual: boolean): boolean {
    if (this.#groups.has(key)) {
      return true;
    }
    if (!isUsual) {
      return this.#groups.size - this.#usualGroups < MAX_GROUPS;
    }
    const hasRoom = this.#usualGroups < MAX_USUAL_GROUPS;
    this.#usualGroups += Number(hasRoom);
    return hasRoom;
  }

  #addConnection(record: ResourceAccessLogRecord, unwrapped: Unwrapped): void {
    const { filter } = this.#settings;
    const { resourceConfigurationArn } = record;
    if (
      filter.caller !== undefined ||
      !matchesPlace(filter, record, resourceConfigurationArn)
    ) {
      this.#batch.outside++;
      return;
    }
    this.#push({
      time: record.timestamp,
      identity: connectionIdentity(record),
      unwrapped,
      group: this.#groupNumber(
        `connection\n${resourceConfigurationArn}`,
        () => ({
          kind: 'connection',
          resourceConfigurationArn,
        }),
      ),
    });
  }

  #push(row: {
    time: number;
    identity: string | Uint8Array;
    unwrapped: Unwrapped | undefined;
    group: number;
  }): void {
    const batch = this.#batch;
    const at = batch.size++;
    batch.times[at] = row.time;
    batch.groups[at] = row.group;
    batch.tags[at] = this.#tagOf(row.unwrapped);
    hashWords(row.identity, batch.keys, at * 4);
    if (batch.size === BATCH_RECORDS) {
      this.flush();
    }
  }

  /** Where several logs may go, only what it says tells whose a record is. */
  #tagOf(unwrapped: Unwrapped | undefined): number {
    if (
      !unwrapped ||
      (unwrapped.logGroup === undefined && this.#source.isSubscription)
    ) {
      return this.#subscriptionTag;
    }
    const { logGroup, logStream = '', text } = unwrapped;
    const place = logGroup === undefined ? this.#source.place : logGroup;
    return tagOf(`${place}\n${logStream}\n${text}`);
  }

  #groupNumber(key: string, make: () => RecordGroup): number {
    let number = this.#groups.get(key);
    if (number === undefined) {
      number = this.#groups.size;
      this.#groups.set(key, number);
      this.#batch.newGroups.push(make());
    }
    return number;
  }

  #keepAside(line: Line, reason: string, text: string): void {
    const kept: UnparsedLine = {
      file: this.#file,
      line: line.number,
      reason,
      text: this.#settings.keepsWholeText
        ? text
        : text.slice(0, EXCERPT_CHARACTERS),
    };
    this.#batch.unparsed.push(kept);
    if (this.#batch.unparsed.length === BATCH_UNPARSED) {
      this.flush();
    }
  }
}

function emptyBatch(): ScanBatch {
  return {
    size: 0,
    times: new Float64Array(BATCH_RECORDS),
    keys: new Uint32Array(BATCH_RECORDS * 4),
    tags: new Uint32Array(BATCH_RECORDS),
    groups: new Uint32Array(BATCH_RECORDS),
    newGroups: [],
    unparsed: [],
    outside: 0,
  };
}
