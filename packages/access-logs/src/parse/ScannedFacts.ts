import { callerOf } from '../classify/callerOf';
import { callIdentity } from '../fold/callKey';
import type { Wanted } from '../lineScanner/LineLayout';
import { LineScanner, NOT_THERE } from '../lineScanner/LineScanner';
import { TokenValues } from '../lineScanner/TokenValues';
import {
  arn,
  authDeniedReason,
  count,
  type FieldReader,
  isNoValue,
  statusCode,
  text,
} from './fieldReaders';
import type { AccessLogCaller } from '../types';
import type { LineBytes } from './LineBytes';
import { type CallFacts, callFactFields, vpcIdOf } from './readCallFacts';
import { readInstant } from './readInstant';
import { splitRequestPath } from './splitRequestPath';

const QUOTE = 34;
const SPACE = 32;

type Name = (typeof callFactFields)[number];

/** Fields that hardly two lines have the same value of, or that are seldom looked at. */
const ownFields: ReadonlySet<Name> = new Set<Name>([
  'requestId',
  'requestPath',
  'sourceIpPort',
  'targetIpPort',
  'bytesReceived',
  'bytesSent',
]);

/** The fields to find in a line. */
export const scannedFields: ReadonlyMap<string, Wanted> = new Map(
  callFactFields.map(name => [name, ownFields.has(name) ? 'place' : 'number']),
);

/** Where each is in what is found. */
const at = Object.fromEntries(
  callFactFields.map((name, place) => [name, 2 * place]),
) as Record<Name, number>;

/** What was found of a line, read when it is asked for. One for all readers of a thread. */
export class ScannedFacts implements CallFacts {
  static #shared?: ScannedFacts;

  static shared(): ScannedFacts {
    ScannedFacts.#shared ??= new ScannedFacts(LineScanner.shared());
    return ScannedFacts.#shared;
  }

  readonly #found: Int32Array;
  readonly #startTimes: TokenValues<{ text?: string; time?: number }>;
  readonly #deniedReasons: TokenValues<{
    isKnown: boolean;
    reason?: CallFacts['authDeniedReason'];
  }>;
  readonly #arns: TokenValues<string | undefined>;
  readonly #texts: TokenValues<string | undefined>;
  readonly #statusCodes: TokenValues<number | undefined>;
  readonly #counts: TokenValues<number | undefined>;
  readonly #callers: TokenValues<AccessLogCaller>;
  #line: LineBytes = { bytes: Buffer.alloc(0), start: 0, stop: 0 };
  #path?: { path: string; query?: string };

  readonly #scanner: LineScanner;

  private constructor(scanner: LineScanner) {
    this.#scanner = scanner;
    this.#found = scanner.found;
    this.#startTimes = new TokenValues(scanner, value => {
      const startTime = valueOf(value, text);
      return { text: startTime, time: readInstant(startTime) };
    });
    this.#deniedReasons = new TokenValues(scanner, value => {
      const reason = valueOf(value, authDeniedReason);
      return { isKnown: reason !== undefined || isNoValue(value), reason };
    });
    const valuesOf = <T>(read: FieldReader<T>) =>
      new TokenValues(scanner, value => valueOf(value, read));
    this.#arns = valuesOf(arn);
    this.#texts = valuesOf(text);
    this.#statusCodes = valuesOf(statusCode);
    this.#counts = valuesOf(count);
    this.#callers = new TokenValues(scanner, value =>
      callerOf({ resolvedUser: valueOf(value, text) }),
    );
  }

  /** Of the line that was found last. False: it can't be read, and why is for others to say. */
  isRead(line: LineBytes): boolean {
    this.#line = line;
    this.#path = undefined;
    return (
      this.#startTimes.get(this.#found[at.startTime]).time !== undefined &&
      this.#arns.get(this.#found[at.serviceArn]) !== undefined &&
      this.#deniedReasons.get(this.#found[at.authDeniedReason]).isKnown
    );
  }

  get startTime(): string {
    return this.#startTimes.get(this.#found[at.startTime]).text!;
  }

  get timestamp(): number {
    return this.#startTimes.get(this.#found[at.startTime]).time!;
  }

  get serviceArn(): string {
    return this.#arns.get(this.#found[at.serviceArn])!;
  }

  get authDeniedReason(): CallFacts['authDeniedReason'] {
    return this.#deniedReasons.get(this.#found[at.authDeniedReason]).reason;
  }

  get requestPath(): string | undefined {
    return this.#splitPath()?.path;
  }

  get requestQuery(): string | undefined {
    return this.#splitPath()?.query;
  }

  get sourceVpcArn(): string | undefined {
    return this.#texts.get(this.#found[at.sourceVpcArn]);
  }

  get sourceVpcId(): string | undefined {
    return (
      this.#texts.get(this.#found[at.sourceVpcId]) ?? vpcIdOf(this.sourceVpcArn)
    );
  }

  get requestId(): string | undefined {
    return this.#ownText(at.requestId);
  }

  get serviceNetworkArn(): string | undefined {
    return this.#texts.get(this.#found[at.serviceNetworkArn]);
  }

  get sourceIpPort(): string | undefined {
    return this.#ownText(at.sourceIpPort);
  }

  get targetIpPort(): string | undefined {
    return this.#ownText(at.targetIpPort);
  }

  get targetGroupArn(): string | undefined {
    return this.#texts.get(this.#found[at.targetGroupArn]);
  }

  get requestMethod(): string | undefined {
    return this.#texts.get(this.#found[at.requestMethod]);
  }

  get responseCode(): number | undefined {
    return this.#statusCodes.get(this.#found[at.responseCode]);
  }

  get failureReason(): string | undefined {
    return this.#texts.get(this.#found[at.failureReason]);
  }

  get resolvedUser(): string | undefined {
    return this.#texts.get(this.#found[at.resolvedUser]);
  }

  get callerPrincipal(): string | undefined {
    return this.#texts.get(this.#found[at.callerPrincipal]);
  }

  get duration(): number | undefined {
    return this.#counts.get(this.#found[at.duration]);
  }

  get bytesReceived(): number | undefined {
    return valueOf(this.#ownJson(at.bytesReceived), count);
  }

  get bytesSent(): number | undefined {
    return valueOf(this.#ownJson(at.bytesSent), count);
  }

  /** What `callerOf` says. */
  get caller(): AccessLogCaller {
    return this.#callers.get(this.callerToken);
  }

  /** What `callIdentity` says, as bytes where that takes less time: they hold until the next line. */
  get identity(): string | Uint8Array {
    return (
      this.#scanner.identityOf({
        requestId: at.requestId,
        time: this.timestamp,
        service: this.serviceToken,
        connection: at.sourceIpPort,
        method:
          this.requestMethod === undefined
            ? NOT_THERE
            : this.#found[at.requestMethod],
        path: at.requestPath,
      }) ?? callIdentity(this)
    );
  }

  /** As of {@link LineScanner.turn}. */
  get turn(): number {
    return this.#scanner.turn;
  }

  /** The number of the value that {@link ScannedFacts.serviceArn} is. */
  get serviceToken(): number {
    return this.#found[at.serviceArn];
  }

  /** The number of the value that {@link ScannedFacts.serviceNetworkArn} is. */
  get networkToken(): number {
    return this.#found[at.serviceNetworkArn];
  }

  /** The number of the value that {@link ScannedFacts.sourceVpcId} is. Undefined: it is of some other field. */
  get vpcToken(): number | undefined {
    const token = this.#found[at.sourceVpcId];
    return this.#texts.get(token) === undefined ? undefined : token;
  }

  /** The number of the value that {@link ScannedFacts.caller} is made of. */
  get callerToken(): number {
    const token = this.#found[at.resolvedUser];
    return this.#texts.get(token) === undefined
      ? this.#found[at.callerPrincipal]
      : token;
  }

  #splitPath(): { path: string; query?: string } | undefined {
    if (!this.#path) {
      const recorded = this.#ownText(at.requestPath);
      this.#path =
        recorded === undefined ? undefined : splitRequestPath(recorded);
    }
    return this.#path;
  }

  #ownText(place: number): string | undefined {
    const start = this.#found[place];
    const stop = this.#found[place + 1];
    const { bytes, start: from } = this.#line;
    // As in `isNoValue`: the first and the fifth character tell that it is more than a `null`.
    return stop - start > 6 &&
      bytes[from + start] === QUOTE &&
      bytes[from + start + 1] > SPACE &&
      bytes[from + start + 5] > SPACE
      ? bytes.toString('latin1', from + start + 1, from + stop - 1)
      : valueOf(this.#ownJson(place), text);
  }

  #ownJson(place: number): unknown {
    const start = this.#found[place];
    const { bytes, start: from } = this.#line;
    return start === NOT_THERE
      ? undefined
      : JSON.parse(
          bytes.toString('latin1', from + start, from + this.#found[place + 1]),
        );
  }
}

function valueOf<T>(value: unknown, read: FieldReader<T>): T | undefined {
  return isNoValue(value) ? undefined : read(value);
}
