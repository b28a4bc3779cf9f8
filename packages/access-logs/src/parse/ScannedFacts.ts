import { callerOf } from '../classify/callerOf';
import { callIdentity } from '../fold/callKey';
import type { Wanted } from '../lineScanner/LineLayout';
import {
  LineScanner,
  NOT_THERE,
  ROW_HEAD_WORDS,
} from '../lineScanner/LineScanner';
import { TokenAmounts } from '../lineScanner/TokenAmounts';
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
  'targetGroupArn',
  'sourceVpcArn',
  'callerPrincipal',
  'bytesReceived',
  'bytesSent',
]);

/** The fields to find in a line. */
export const scannedFields: ReadonlyMap<string, Wanted> = new Map(
  callFactFields.map(name => [name, ownFields.has(name) ? 'place' : 'number']),
);

/** Where each is in a row. */
const at = Object.fromEntries(
  callFactFields.map((name, place) => [name, ROW_HEAD_WORDS + 2 * place]),
) as Record<Name, number>;
const ROW_WORDS = ROW_HEAD_WORDS + 2 * callFactFields.length;

/** What was found of one line of several, read when it is asked for. One for all readers of a thread. */
export class ScannedFacts implements CallFacts {
  static #shared?: ScannedFacts;

  static shared(): ScannedFacts {
    ScannedFacts.#shared ??= new ScannedFacts(LineScanner.shared());
    return ScannedFacts.#shared;
  }

  readonly #rows: Int32Array;
  readonly #times: TokenAmounts;
  readonly #deniedReasons: TokenValues<{
    isKnown: boolean;
    reason?: CallFacts['authDeniedReason'];
  }>;
  readonly #arns: TokenValues<string | undefined>;
  readonly #texts: TokenValues<string | undefined>;
  readonly #statusCodes: TokenAmounts;
  readonly #counts: TokenAmounts;
  readonly #callers: TokenValues<AccessLogCaller>;
  /** Where its row starts. */
  #row = 0;
  #path?: { path: string; query?: string };

  readonly #scanner: LineScanner;

  private constructor(scanner: LineScanner) {
    this.#scanner = scanner;
    this.#rows = scanner.rows;
    this.#times = new TokenAmounts(scanner, value =>
      readInstant(valueOf(value, text)),
    );
    this.#deniedReasons = new TokenValues(scanner, value => {
      const reason = valueOf(value, authDeniedReason);
      return { isKnown: reason !== undefined || isNoValue(value), reason };
    });
    const valuesOf = <T>(read: FieldReader<T>) =>
      new TokenValues(scanner, value => valueOf(value, read));
    this.#arns = valuesOf(arn);
    this.#texts = valuesOf(text);
    const amountsOf = (read: FieldReader<number>) =>
      new TokenAmounts(scanner, value => valueOf(value, read));
    this.#statusCodes = amountsOf(statusCode);
    this.#counts = amountsOf(count);
    this.#callers = new TokenValues(scanner, value =>
      callerOf({ resolvedUser: valueOf(value, text) }),
    );
  }

  /**
   * Turns to one of the lines that were found last.
   *
   * @param index - of the line among them
   * @returns whether it can be read. Why not is for others to say
   */
  isRead(index: number): boolean {
    this.#row = index * ROW_WORDS;
    this.#path = undefined;
    return (
      !Number.isNaN(this.timestamp) &&
      this.#arns.get(this.#at(at.serviceArn)) !== undefined &&
      this.#deniedReasons.get(this.#at(at.authDeniedReason)).isKnown
    );
  }

  /** Its bytes. */
  get line(): LineBytes {
    const { text: bytes } = this.#scanner;
    return { bytes, start: this.#at(0), stop: this.lineStop };
  }

  /** Where it stops, in bytes from the start of all that was found in. */
  get lineStop(): number {
    return this.#at(1);
  }

  get startTime(): string {
    return this.#texts.get(this.#at(at.startTime))!;
  }

  get timestamp(): number {
    return this.#times.get(this.#at(at.startTime));
  }

  get serviceArn(): string {
    return this.#arns.get(this.#at(at.serviceArn))!;
  }

  get authDeniedReason(): CallFacts['authDeniedReason'] {
    return this.#deniedReasons.get(this.#at(at.authDeniedReason)).reason;
  }

  get requestPath(): string | undefined {
    return this.#splitPath()?.path;
  }

  get requestQuery(): string | undefined {
    return this.#splitPath()?.query;
  }

  get sourceVpcArn(): string | undefined {
    return this.#ownText(at.sourceVpcArn);
  }

  get sourceVpcId(): string | undefined {
    return (
      this.#texts.get(this.#at(at.sourceVpcId)) ?? vpcIdOf(this.sourceVpcArn)
    );
  }

  get requestId(): string | undefined {
    return this.#ownText(at.requestId);
  }

  get serviceNetworkArn(): string | undefined {
    return this.#texts.get(this.#at(at.serviceNetworkArn));
  }

  get sourceIpPort(): string | undefined {
    return this.#ownText(at.sourceIpPort);
  }

  get targetIpPort(): string | undefined {
    return this.#ownText(at.targetIpPort);
  }

  get targetGroupArn(): string | undefined {
    return this.#ownText(at.targetGroupArn);
  }

  /** Whether {@link ScannedFacts.targetGroupArn} or {@link ScannedFacts.targetIpPort} is there. */
  get hasTarget(): boolean {
    return (
      this.#isPlain(at.targetGroupArn) ||
      this.#isPlain(at.targetIpPort) ||
      this.targetGroupArn !== undefined ||
      this.targetIpPort !== undefined
    );
  }

  get requestMethod(): string | undefined {
    return this.#texts.get(this.#at(at.requestMethod));
  }

  get responseCode(): number | undefined {
    return definite(this.#statusCodes.get(this.#at(at.responseCode)));
  }

  get failureReason(): string | undefined {
    return this.#texts.get(this.#at(at.failureReason));
  }

  get resolvedUser(): string | undefined {
    return this.#texts.get(this.#at(at.resolvedUser));
  }

  get callerPrincipal(): string | undefined {
    return this.#ownText(at.callerPrincipal);
  }

  get duration(): number | undefined {
    return definite(this.#counts.get(this.#at(at.duration)));
  }

  get bytesReceived(): number | undefined {
    return valueOf(this.#ownJson(at.bytesReceived), count);
  }

  get bytesSent(): number | undefined {
    return valueOf(this.#ownJson(at.bytesSent), count);
  }

  /** What `callerOf` says. */
  get caller(): AccessLogCaller {
    const token = this.callerToken;
    return token === undefined ? callerOf(this) : this.#callers.get(token);
  }

  /** What `callIdentity` says, as bytes where that takes less time: they hold until the next line. */
  get identity(): string | Uint8Array {
    return (
      this.#scanner.identityOf({
        row: this.#row,
        requestId: at.requestId,
        time: this.timestamp,
        service: this.serviceToken,
        connection: at.sourceIpPort,
        method:
          this.requestMethod === undefined
            ? NOT_THERE
            : this.#at(at.requestMethod),
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
    return this.#at(at.serviceArn);
  }

  /** The number of the value that {@link ScannedFacts.serviceNetworkArn} is. */
  get networkToken(): number {
    return this.#at(at.serviceNetworkArn);
  }

  /** The number of the value that {@link ScannedFacts.sourceVpcId} is. Undefined: it is of some other field. */
  get vpcToken(): number | undefined {
    const token = this.#at(at.sourceVpcId);
    return this.#texts.get(token) === undefined ? undefined : token;
  }

  /** The number of the value that {@link ScannedFacts.caller} is made of. Undefined: it is of some other field. */
  get callerToken(): number | undefined {
    const token = this.#at(at.resolvedUser);
    return this.#texts.get(token) === undefined &&
      this.callerPrincipal !== undefined
      ? undefined
      : token;
  }

  /** A word of its row. */
  #at(place: number): number {
    return this.#rows[this.#row + place];
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
    return this.#isPlain(place)
      ? this.#scanner.text.toString(
          'latin1',
          this.#at(place) + 1,
          this.#at(place + 1) - 1,
        )
      : valueOf(this.#ownJson(place), text);
  }

  /** Whether it is a text that stands for itself. False: that is not known. */
  #isPlain(place: number): boolean {
    const start = this.#at(place);
    const stop = this.#at(place + 1);
    const { text: bytes } = this.#scanner;
    // As in `isNoValue`: the first and the fifth character tell that it is more than a `null`.
    return (
      stop - start > 6 &&
      bytes[start] === QUOTE &&
      bytes[start + 1] > SPACE &&
      bytes[start + 5] > SPACE
    );
  }

  #ownJson(place: number): unknown {
    const start = this.#at(place);
    return start === NOT_THERE
      ? undefined
      : JSON.parse(
          this.#scanner.text.toString('latin1', start, this.#at(place + 1)),
        );
  }
}

/** Undefined: it is not a number. */
function definite(amount: number): number | undefined {
  return Number.isNaN(amount) ? undefined : amount;
}

function valueOf<T>(value: unknown, read: FieldReader<T>): T | undefined {
  return isNoValue(value) ? undefined : read(value);
}
