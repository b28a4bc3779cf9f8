const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN = 123;
const CLOSE = 125;
/** Below are control characters, which no text has. */
const SPACE = 32;

/** There is more to come. */
export const GOES_ON = -1;
/** It is no JSON. */
export const IS_BROKEN = -2;

/** Bytes of numbers, `true`, `false` and `null`. Whether they are one is for others to say. */
const isLiteral = new Uint8Array(256);
for (const character of '+-.0123456789Eaeflnrstu') {
  isLiteral[character.charCodeAt(0)] = 1;
}

/** JSON knows no others. */
export function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 13 || code === 10;
}

/** What may come next. */
type Expected =
  | 'first name'
  | 'name'
  | 'colon'
  | 'value'
  | 'first item'
  | 'more'
  | 'rest of literal';

/** Where a text is. */
type InText = 'no' | 'yes' | 'behind backslash';

/**
 * Goes through the bytes of a JSON object, whatever pieces they come in, until it ends, or can't be one: that
 * shows at the first byte that is out of place.
 *
 * @remarks
 * A literal or an escape that is misspelt is not noticed: only where the object ends is to be found.
 */
export class ObjectScan {
  /** Whether each object or list that is open is an object. */
  readonly #open: boolean[] = [];
  #expected: Expected = 'value';
  #text: InText = 'no';
  #isName = false;

  /** Turns to another object. */
  begin(): void {
    this.#open.length = 0;
    this.#expected = 'value';
    this.#text = 'no';
  }

  /**
   * Goes on.
   *
   * @param bytes - the first ones of an object begin with its brace
   * @returns where the object ends, {@link GOES_ON} or {@link IS_BROKEN}
   */
  scan(bytes: Uint8Array, start: number, stop: number): number {
    let at = start;
    while (at < stop) {
      if (this.#text !== 'no') {
        at = this.#scanText(bytes, at, stop);
      } else {
        const code = bytes[at++];
        if (!this.#take(code)) {
          return IS_BROKEN;
        }
        if (this.#open.length === 0) {
          return at;
        }
      }
      if (at === IS_BROKEN) {
        return IS_BROKEN;
      }
    }
    return GOES_ON;
  }

  /** @returns behind the text, or `stop` */
  #scanText(bytes: Uint8Array, start: number, stop: number): number {
    let at = start;
    if (this.#text === 'behind backslash') {
      this.#text = 'yes';
      at++;
    }
    for (; at < stop; at++) {
      const code = bytes[at];
      if (code === QUOTE) {
        this.#text = 'no';
        this.#expected = this.#isName ? 'colon' : 'more';
        return at + 1;
      }
      if (code === BACKSLASH) {
        at++;
        if (at === stop) {
          this.#text = 'behind backslash';
          return stop;
        }
      } else if (code < SPACE) {
        return IS_BROKEN;
      }
    }
    return stop;
  }

  /** @returns false: it is out of place */
  #take(code: number): boolean {
    if (this.#expected === 'rest of literal') {
      if (isLiteral[code]) {
        return true;
      }
      this.#expected = 'more';
    }
    if (isBlank(code)) {
      return true;
    }
    switch (this.#expected) {
      case 'first name':
        return code === CLOSE ? this.#close(true) : this.#beginName(code);
      case 'name':
        return this.#beginName(code);
      case 'colon':
        this.#expected = 'value';
        return code === COLON;
      case 'value':
        return this.#beginValue(code);
      case 'first item':
        return code === CLOSE_LIST
          ? this.#close(false)
          : this.#beginValue(code);
      default:
        return this.#takeBehindValue(code);
    }
  }

  #beginName(code: number): boolean {
    this.#text = 'yes';
    this.#isName = true;
    return code === QUOTE;
  }

  #beginValue(code: number): boolean {
    if (code === QUOTE) {
      this.#text = 'yes';
      this.#isName = false;
      return true;
    }
    if (code === OPEN || code === OPEN_LIST) {
      this.#open.push(code === OPEN);
      this.#expected = code === OPEN ? 'first name' : 'first item';
      return true;
    }
    this.#expected = 'rest of literal';
    return isLiteral[code] === 1;
  }

  #takeBehindValue(code: number): boolean {
    if (code === COMMA) {
      this.#expected = this.#open.at(-1) ? 'name' : 'value';
      return true;
    }
    return (
      (code === CLOSE || code === CLOSE_LIST) && this.#close(code === CLOSE)
    );
  }

  #close(isObject: boolean): boolean {
    this.#expected = 'more';
    return this.#open.pop() === isObject;
  }
}
