import {
  COUNT,
  DURATIONS,
  FIRST_SEEN,
  LAST_SEEN,
  SUMS,
} from '../ingest/callSums';
import type { DurationHistogram } from '../ingest/durationHistogram';
import { numbersOfEdges } from './packedEdges';

const LARGEST = 2 ** 32 - 1;
/** The number of an edge, and its sums. */
const WIDTH = 1 + SUMS;

/**
 * Sums of edges in an hour or a day, packed: there are hundreds of thousands. Immutable.
 */
export class EdgeRows {
  /**
   * @param texts - of services, as they are kept: each edge is in one of them
   * @param start - of the hour or the day, in milliseconds since the epoch
   */
  static of(texts: readonly string[], start: number): EdgeRows {
    const read = numbersOfEdges(texts);
    const length = read.length / WIDTH;
    const numbers = new Float64Array(length);
    for (let row = 0; row < length; row++) {
      numbers[row] = read[row * WIDTH];
    }
    numbers.sort();
    const values = new Float64Array(length * SUMS);
    let largest = 0;
    for (let from = 0; from < read.length; from += WIDTH) {
      const into = rowOf(numbers, read[from]) * SUMS;
      for (let at = 0; at < SUMS; at++) {
        const value = read[from + 1 + at];
        values[into + at] = value;
        largest = value > largest ? value : largest;
      }
    }
    return new EdgeRows(
      numbers,
      largest > LARGEST ? values : Uint32Array.from(values),
      start,
    );
  }

  private constructor(
    /** Of the edges, rising. */
    readonly numbers: Float64Array,
    /** {@link CallSums} of one after the other. */
    readonly values: Uint32Array | Float64Array,
    readonly start: number,
  ) {}

  get length(): number {
    return this.numbers.length;
  }
}

const NO_ROWS = EdgeRows.of([], 0);

/**
 * Adds up rows of many buckets by edge.
 */
export class EdgeSums {
  readonly #numbers: Float64Array;
  readonly #values: Float64Array;

  /**
   * @param numbers - of the edges to add up for, rising. Rows of others are left out.
   * @param before - what they add up to already: the first of them, or all
   */
  static for(numbers: Float64Array, before?: EdgeSums): EdgeSums {
    const sums = new EdgeSums(numbers);
    if (before) {
      sums.#values.set(before.#values);
    }
    return sums;
  }

  private constructor(numbers: Float64Array) {
    this.#numbers = numbers;
    this.#values = new Float64Array(numbers.length * SUMS);
  }

  /** How many edges there are. */
  get length(): number {
    return this.#numbers.length;
  }

  add(rows: EdgeRows): void {
    this.addChange(NO_ROWS, rows, this.length);
  }

  /**
   * Adds what has come to a bucket since its rows were added.
   *
   * @param known - so many edges, the first, were there when they were
   * @returns the places of the edges that changed. Absent: something was taken away, and all has to be added
   * up anew
   */
  addChange(
    before: EdgeRows,
    after: EdgeRows,
    known: number,
  ): number[] | undefined {
    const { numbers, values, start } = after;
    const changed: number[] = [];
    const sums = this.#values;
    let place = 0;
    let old = 0;
    for (let row = 0; row < numbers.length; row++) {
      const number = numbers[row];
      // All rise.
      if (before.numbers[old] < number) {
        return undefined;
      }
      const was = before.numbers[old] === number ? old++ * SUMS : undefined;
      while (this.#numbers[place] < number) {
        place++;
      }
      if (this.#numbers[place] !== number) {
        continue;
      }
      const from = row * SUMS;
      // What an edge had that was not known yet was left out.
      const less = was !== undefined && place < known ? was : undefined;
      if (less !== undefined) {
        if (isSame(before.values, less, values, from)) {
          continue;
        }
        if (!isMore(before.values, less, values, from)) {
          return undefined;
        }
      }
      const into = place * SUMS;
      const isFirst = sums[into + COUNT] === 0;
      const firstSeen = start + values[from + FIRST_SEEN];
      const lastSeen = start + values[from + LAST_SEEN];
      if (isFirst || firstSeen < sums[into + FIRST_SEEN]) {
        sums[into + FIRST_SEEN] = firstSeen;
      }
      if (isFirst || lastSeen > sums[into + LAST_SEEN]) {
        sums[into + LAST_SEEN] = lastSeen;
      }
      sums[into + COUNT] += values[from + COUNT];
      for (let at = DURATIONS; at < SUMS; at++) {
        sums[into + at] += values[from + at];
      }
      if (less !== undefined) {
        sums[into + COUNT] -= before.values[less + COUNT];
        for (let at = DURATIONS; at < SUMS; at++) {
          sums[into + at] -= before.values[less + at];
        }
      }
      changed.push(place);
    }
    return old < before.length ? undefined : changed;
  }

  /** How many calls an edge has, by its place among the numbers. */
  countOf(place: number): number {
    return this.#values[place * SUMS + COUNT];
  }

  /** When they came, in milliseconds since the epoch. */
  firstSeenOf(place: number): number {
    return this.#values[place * SUMS + FIRST_SEEN];
  }

  lastSeenOf(place: number): number {
    return this.#values[place * SUMS + LAST_SEEN];
  }

  /** Adds the durations of an edge's calls to a histogram. */
  addDurations(place: number, histogram: DurationHistogram): void {
    const at = place * SUMS + DURATIONS;
    const sums = this.#values;
    for (let index = 0; index < histogram.length; index++) {
      histogram[index] += sums[at + index];
    }
  }
}

/** @param numbers - rising, with the one that is sought */
function rowOf(numbers: Float64Array, number: number): number {
  let row = 0;
  let last = numbers.length - 1;
  while (row < last) {
    const middle = (row + last) >> 1;
    if (numbers[middle] < number) {
      row = middle + 1;
    } else {
      last = middle;
    }
  }
  return row;
}

type Values = EdgeRows['values'];

function isSame(one: Values, at: number, other: Values, from: number): boolean {
  for (let index = 0; index < SUMS; index++) {
    if (one[at + index] !== other[from + index]) {
      return false;
    }
  }
  return true;
}

/** Whether calls came to those that there were. */
function isMore(
  before: Values,
  at: number,
  after: Values,
  from: number,
): boolean {
  return (
    before[at + COUNT] < after[from + COUNT] &&
    before[at + FIRST_SEEN] >= after[from + FIRST_SEEN] &&
    before[at + LAST_SEEN] <= after[from + LAST_SEEN]
  );
}
