import { GOES_ON, IS_BROKEN, isBlank, ObjectScan } from './ObjectScan';

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_LIST = 91;
const OPEN = 123;
const CLOSE = 125;

const FIRST_BYTES = 128 * 1024;
const OBJECT_START = Buffer.from([OPEN, QUOTE]);

/**
 * Takes a piece of a line. Its bytes may change once it was dealt with.
 *
 * @param place - where the piece starts and stops in `bytes`; `end`: bytes from the start of the line to its end
 */
export type TakePiece = (
  bytes: Buffer,
  place: { start: number; stop: number; end: number },
) => void;

/**
 * Cuts a line that has JSON objects one behind the other, whatever pieces its bytes come in: always in the
 * same way.
 *
 * @remarks
 * What stands before the first object stays with it, unless that is the rest of another one. Where an object
 * is broken, the next is looked for: `{"` where no value can start, with an object behind it that is whole. So
 * a piece is one object, or what is broken between two. An object that was glued to half of another right
 * behind a colon or a comma can't be told from a part of that one: it is broken with it. No byte is looked at
 * more than a few times: of the places to start from, two at most are not yet ruled out at the same time, as
 * what is inside of texts for one is outside for the other.
 */
export class ObjectCutter {
  readonly #takePiece: TakePiece;
  readonly #maxBytes: number;
  readonly #scan = new ObjectScan();
  /** What was not handed on, and room. */
  #bytes = Buffer.allocUnsafe(FIRST_BYTES);
  #length = 0;
  /** Bytes of the line that were handed on. */
  #taken = 0;
  /** Where in the bytes the next piece starts. */
  #start = 0;
  /** Where an object starts that may be whole. Undefined: it is looked for. */
  #object?: number;
  /** How far was looked, for the end of the object or for its start. */
  #at = 0;
  /** Whether what is before the object is broken. */
  #isBroken = false;
  #isFirst = true;

  /**
   * @param options - `maxBytes`: of an object, with what is broken before it. From a longer one on nothing
   * more is handed on
   */
  constructor(options: { takePiece: TakePiece; maxBytes?: number }) {
    this.#takePiece = options.takePiece;
    this.#maxBytes = options.maxBytes ?? Infinity;
  }

  /** Bytes that were not handed on. More than there may be of an object: no more will be. */
  get pendingBytes(): number {
    return this.#length - this.#start;
  }

  /** The start of what was not handed on. */
  get pending(): Buffer {
    return this.#bytes.subarray(this.#start, this.#length);
  }

  write(part: Uint8Array): void {
    this.#makeRoom(part.length);
    this.#bytes.set(part, this.#length);
    this.#length += part.length;
    this.#cut(false);
  }

  /** Hands on what is left when there is no more to come. */
  end(): void {
    this.#cut(true);
    if (this.pendingBytes <= this.#maxBytes) {
      this.#take(this.#length);
    }
  }

  #cut(isEnd: boolean): void {
    for (;;) {
      this.#object ??= this.#findObject();
      if (this.#object === undefined) {
        return;
      }
      const end = this.#scan.scan(this.#bytes, this.#at, this.#length);
      if (end === GOES_ON && !isEnd) {
        this.#at = this.#length;
        return;
      }
      if (end === GOES_ON || end === IS_BROKEN) {
        this.#isBroken = true;
        this.#at = this.#object + 1;
        this.#object = undefined;
      } else if (end - this.#start > this.#maxBytes) {
        return;
      } else {
        if (this.#isBroken) {
          this.#take(this.#object);
        }
        this.#take(end);
        this.#at = end;
        this.#object = undefined;
        this.#isBroken = false;
        this.#isFirst = false;
      }
    }
  }

  #take(stop: number): void {
    const start = this.#start;
    this.#start = stop;
    if (stop > start) {
      const end = this.#taken + stop;
      this.#takePiece(this.#bytes, { start, stop, end });
    }
  }

  #findObject(): number | undefined {
    const found = this.#isBroken ? undefined : this.#findNextObject();
    const object = this.#isBroken ? this.#findWholeObject() : found;
    if (object !== undefined) {
      this.#at = object;
      this.#scan.begin();
    }
    return object;
  }

  /** Finds out whether an object is next. */
  #findNextObject(): number | undefined {
    const bytes = this.#bytes;
    let at = this.#at;
    while (at < this.#length && isBlank(bytes[at])) {
      at++;
    }
    if (this.#isFirst && at < this.#length && bytes[at] !== OPEN) {
      const head = bytes.subarray(0, this.#length);
      at = head.indexOf(OPEN, at);
      at = at === -1 ? this.#length : at;
      // The rest of an object ends before another one starts.
      this.#isBroken = head.subarray(this.#at, at).includes(CLOSE);
    }
    if (this.#isBroken) {
      return undefined;
    }
    if (at < this.#length && bytes[at] !== OPEN) {
      this.#isBroken = true;
      return undefined;
    }
    this.#at = at;
    return at < this.#length ? at : undefined;
  }

  /** Behind what is broken. */
  #findWholeObject(): number | undefined {
    const bytes = this.#bytes.subarray(0, this.#length);
    let at = bytes.indexOf(OBJECT_START, this.#at);
    while (at !== -1 && this.#isPartOfOther(at)) {
      at = bytes.indexOf(OBJECT_START, at + 1);
    }
    if (at === -1) {
      // The brace may be the last byte.
      this.#at = Math.max(this.#at, this.#length - 1);
      return undefined;
    }
    return at;
  }

  /** Whether what starts there may be a value of another object or list. */
  #isPartOfOther(place: number): boolean {
    let at = place - 1;
    while (at >= this.#start && isBlank(this.#bytes[at])) {
      at--;
    }
    const before = this.#bytes[at];
    return before === COLON || before === COMMA || before === OPEN_LIST;
  }

  #makeRoom(bytes: number): void {
    if (this.#start > 0) {
      this.#bytes.copyWithin(0, this.#start, this.#length);
      this.#taken += this.#start;
      this.#length -= this.#start;
      this.#at -= this.#start;
      if (this.#object !== undefined) {
        this.#object -= this.#start;
      }
      this.#start = 0;
    }
    const needed = this.#length + bytes;
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(
        Math.max(needed, 2 * this.#bytes.length),
      );
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
  }
}
