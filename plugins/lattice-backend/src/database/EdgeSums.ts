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

/**
 * Adds up rows of many buckets by edge.
 */
export class EdgeSums {
  readonly #numbers: Float64Array;
  readonly #values: Float64Array;

  /**
   * @param numbers - of the edges to add up for, rising. Rows of others are left out.
   */
  static for(numbers: Float64Array): EdgeSums {
    return new EdgeSums(numbers);
  }

  private constructor(numbers: Float64Array) {
    this.#numbers = numbers;
    this.#values = new Float64Array(numbers.length * SUMS);
  }

  add({ numbers, values, start }: EdgeRows): void {
    const sums = this.#values;
    let place = 0;
    for (let row = 0; row < numbers.length; row++) {
      // Both rise.
      while (this.#numbers[place] < numbers[row]) {
        place++;
      }
      if (this.#numbers[place] !== numbers[row]) {
        continue;
      }
      const into = place * SUMS;
      const from = row * SUMS;
      const isFirst = sums[into + COUNT] === 0;
      const firstSeen = start + values[from + FIRST_SEEN];
      const lastSeen = start + values[from + LAST_SEEN];
      sums[into + COUNT] += values[from + COUNT];
      if (isFirst || firstSeen < sums[into + FIRST_SEEN]) {
        sums[into + FIRST_SEEN] = firstSeen;
      }
      if (isFirst || lastSeen > sums[into + LAST_SEEN]) {
        sums[into + LAST_SEEN] = lastSeen;
      }
      for (let at = DURATIONS; at < SUMS; at++) {
        sums[into + at] += values[from + at];
      }
    }
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
