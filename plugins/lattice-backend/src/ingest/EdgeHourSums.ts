import {
  DURATIONS,
  COUNT,
  type CallSums,
  FIRST_SEEN,
  LAST_SEEN,
  SUMS,
} from './callSums';
import { bucketOf } from './durationHistogram';

const FIRST_CAPACITY = 1024;
/** Of places that are taken. */
const MAX_LOAD = 0.5;

/**
 * Adds up the calls of edges by the hour: a hash table in arrays of numbers, as objects that are spread over
 * memory take several times as long to come by.
 */
export class EdgeHourSums {
  #capacity = FIRST_CAPACITY;
  /** One more than the number that stands at a place. 0: the place is free. */
  #places = new Int32Array(FIRST_CAPACITY);
  /** Two words each: the outcome and the origin. */
  #keys = new Int32Array(2 * FIRST_CAPACITY * MAX_LOAD);
  #sums = new Int32Array(SUMS * FIRST_CAPACITY * MAX_LOAD);
  #size = 0;

  /**
   * The number of an edge in an hour; the first that is asked for is 0.
   *
   * @param outcome - the number of what is called, in which hour and with which end
   * @param origin - the number of who calls
   */
  numberOf(outcome: number, origin: number): number {
    let place = this.#placeOf(outcome, origin);
    for (;;) {
      const number = this.#places[place] - 1;
      if (number < 0) {
        return this.#add(outcome, origin, place);
      }
      if (
        this.#keys[2 * number] === outcome &&
        this.#keys[2 * number + 1] === origin
      ) {
        return number;
      }
      place = place + 1 === this.#capacity ? 0 : place + 1;
    }
  }

  /**
   * Adds a call.
   *
   * @param offset - milliseconds from the start of the hour
   * @param duration - milliseconds; not a number: not recorded
   * @returns whether none of those before was later
   */
  addCall(number: number, offset: number, duration: number): boolean {
    const sums = this.#sums;
    const first = number * SUMS;
    const count = sums[first + COUNT]++;
    if (!Number.isNaN(duration)) {
      sums[first + DURATIONS + bucketOf(duration)]++;
    }
    if (count === 0 || offset < sums[first + FIRST_SEEN]) {
      sums[first + FIRST_SEEN] = offset;
    }
    const isNewest = count === 0 || offset >= sums[first + LAST_SEEN];
    if (isNewest) {
      sums[first + LAST_SEEN] = offset;
    }
    return isNewest;
  }

  sumsOf(number: number): CallSums {
    const sums: CallSums = [];
    const first = number * SUMS;
    for (let at = first; at < first + SUMS; at++) {
      sums.push(this.#sums[at]);
    }
    return sums;
  }

  #placeOf(outcome: number, origin: number): number {
    const mixed = Math.imul(
      Math.imul(outcome, 0x9e3779b1) ^ origin,
      0x85ebca6b,
    );
    return ((mixed ^ (mixed >>> 15)) >>> 0) & (this.#capacity - 1);
  }

  #add(outcome: number, origin: number, place: number): number {
    const number = this.#size++;
    this.#keys[2 * number] = outcome;
    this.#keys[2 * number + 1] = origin;
    this.#places[place] = number + 1;
    if (this.#size >= this.#capacity * MAX_LOAD) {
      this.#grow();
    }
    return number;
  }

  #grow(): void {
    this.#capacity *= 2;
    this.#keys = grown(this.#keys);
    this.#sums = grown(this.#sums);
    this.#places = new Int32Array(this.#capacity);
    for (let number = 0; number < this.#size; number++) {
      let place = this.#placeOf(
        this.#keys[2 * number],
        this.#keys[2 * number + 1],
      );
      while (this.#places[place] !== 0) {
        place = place + 1 === this.#capacity ? 0 : place + 1;
      }
      this.#places[place] = number + 1;
    }
  }
}

function grown(words: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * words.length);
  larger.set(words);
  return larger;
}
