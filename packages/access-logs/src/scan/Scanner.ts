import { CallerCache } from '../classify/CallerCache';
import { classify } from '../classify/classify';
import { callIdentity } from '../fold/callKey';
import { connectionIdentity } from '../fold/connectionKey';
import { pathShape } from '../fold/pathShape';
import { CallFactsParser } from '../parse/CallFactsParser';
import { parseAccessLogValue } from '../parse/parseAccessLogLine';
import { parseJson } from '../parse/parseJson';
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

/** Turns lines into batches of records. One for all files of a thread. */
export class Scanner {
  readonly #settings: ScanSettings;
  readonly #onBatch: (batch: ScanBatch) => void;
  readonly #replay?: PolicyReplay;
  /** What calls are counted by is in fewer fields than what policies look at. */
  readonly #parse: (text: string) => unknown;
  readonly #groups = new Map<string, number>();
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
    const parser = new CallFactsParser();
    this.#parse = policies ? parseJson : text => parser.parse(text);
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
      this.#keepAside(line, 'the line is too long to be read', line.text);
      return;
    }
    for (const unwrapped of unwrapLine(line.text, this.#parse)) {
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
      this.#addCall(parsed.record, unwrapped);
    } else {
      this.#addConnection(parsed.record, unwrapped);
    }
  }

  #addCall(record: AccessLogRecord, unwrapped: Unwrapped): void {
    const { filter } = this.#settings;
    if (!matchesPlace(filter, record, record.serviceArn)) {
      this.#batch.outside++;
      return;
    }
    const caller = this.#callers.callerOf(record);
    if (!matchesCaller(filter, caller)) {
      this.#batch.outside++;
      return;
    }
    this.#push({
      time: record.timestamp,
      identity: callIdentity(record),
      unwrapped,
      group: this.#callGroup(record, caller),
    });
  }

  #callGroup(record: AccessLogRecord, caller: AccessLogCaller): number {
    const { serviceArn } = record;
    const outcome = classify(record);
    const call = { record, caller, outcome };
    const change = this.#replay?.changeOf(call);
    const isChanged = change !== undefined && change !== 'unchanged';
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
      ...(isChanged && {
        example: exampleOf(record, outcome),
        reasons:
          change === 'unknown' ? this.#replay?.reasonsFor(call) : undefined,
      }),
    });
    if (!isChanged && !outcome.startsWith('denied-by-')) {
      return this.#groupNumber(base, make);
    }
    const { requestMethod: method, requestPath } = record;
    const path = requestPath === undefined ? undefined : pathShape(requestPath);
    const key = `${base}\n${JSON.stringify([method, path])}`;
    return this.#groups.size < MAX_GROUPS || this.#groups.has(key)
      ? this.#groupNumber(key, () => make(method, path))
      : this.#groupNumber(`${base}\n*`, () => make('*', '*'));
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
    identity: string;
    unwrapped: Unwrapped;
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
  #tagOf({ logGroup, logStream = '', text }: Unwrapped): number {
    if (logGroup === undefined && this.#source.isSubscription) {
      return this.#subscriptionTag;
    }
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
