const FIRST_BYTES = 64 * 1024;
/** Those of the lowest number that is exact. */
const MOST_CHARACTERS = 17;
/** Below, numbers can be divided as integers of 32 bits. */
const LARGE = 1_000_000_000;
const ZERO = '0'.charCodeAt(0);
const COMMA = ','.charCodeAt(0);
const MINUS = '-'.charCodeAt(0);

/**
 * Puts JSON together of pieces: where most of it are small numbers, in a third of the time that
 * `JSON.stringify` takes. There is one text at a time, all in the same memory.
 */
export class JsonText {
  #bytes = Buffer.alloc(FIRST_BYTES);
  #length = 0;

  /** @param text - of JSON, ASCII characters only */
  addText(text: string): void {
    this.#ensure(text.length);
    const { length } = text;
    for (let at = 0; at < length; at++) {
      this.#bytes[this.#length++] = text.charCodeAt(at);
    }
  }

  /** @param number - whole, and exact */
  addNumber(number: number): void {
    this.#ensure(MOST_CHARACTERS);
    this.#put(number);
  }

  /** @param numbers - of which each is whole, and exact; there are commas between them */
  addNumbers(numbers: readonly number[]): void {
    this.#ensure(numbers.length * (MOST_CHARACTERS + 1));
    for (let at = 0; at < numbers.length; at++) {
      if (at > 0) {
        this.#bytes[this.#length++] = COMMA;
      }
      this.#put(numbers[at]);
    }
  }

  /** The text that was put together; the next begins. */
  take(): string {
    const text = this.#bytes.toString('latin1', 0, this.#length);
    this.#length = 0;
    return text;
  }

  #put(number: number): void {
    const bytes = this.#bytes;
    if (number < 0) {
      bytes[this.#length++] = MINUS;
    }
    let rest = Math.abs(number);
    let end = this.#length + digitsOf(rest);
    this.#length = end;
    for (; rest >= LARGE; rest = Math.floor(rest / 10)) {
      bytes[--end] = ZERO + (rest % 10);
    }
    do {
      const tenth = (rest / 10) | 0;
      bytes[--end] = ZERO + rest - tenth * 10;
      rest = tenth;
    } while (rest > 0);
  }

  #ensure(more: number): void {
    if (this.#length + more > this.#bytes.length) {
      const size = Math.max(2 * this.#bytes.length, this.#length + more);
      const larger = Buffer.alloc(size);
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
  }
}

function digitsOf(number: number): number {
  let digits = 1;
  for (let bound = 10; number >= bound; bound *= 10) {
    digits++;
  }
  return digits;
}
