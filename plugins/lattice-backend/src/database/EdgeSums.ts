import {
  type CallSums,
  COUNT,
  DURATIONS,
  FIRST_SEEN,
  LAST_SEEN,
  SUMS,
} from '../ingest/callSums';
import type { DurationHistogram } from '../ingest/durationHistogram';
import { unpackEdges } from './packedEdges';

const LARGEST = 2 ** 32 - 1;

/**
 * Sums of edges in an hour or a day, packed: there are hundreds of thousands. Immutable.
 */
export class EdgeRows {
  /**
   * @param texts - of services, as they are kept
   * @param start - of the hour or the day, in milliseconds since the epoch
   */
  static of(texts: readonly string[], start: number): EdgeRows {
    const edges: [number, CallSums][] = [];
    for (const text of texts) {
      for (const edge of unpackEdges(text)) {
        edges.push(edge);
      }
    }
    edges.sort(([one], [other]) => one - other);
    const numbers = new Float64Array(edges.length);
    const values = new Float64Array(edges.length * SUMS);
    let fits = true;
    for (const [row, [number, sums]] of edges.entries()) {
      numbers[row] = number;
      for (let at = 0; at < SUMS; at++) {
        values[row * SUMS + at] = sums[at];
        fits &&= sums[at] <= LARGEST;
      }
    }
    return new EdgeRows(
      numbers,
      fits ? Uint32Array.from(values) : values,
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
