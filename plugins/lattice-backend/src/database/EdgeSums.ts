import type { DurationHistogram } from '../ingest/durationHistogram';
import { durationColumns } from './durationColumns';

const COUNT = 0;
const FIRST_SEEN = 1;
const LAST_SEEN = 2;
const DURATIONS = 3;
const COLUMNS = [
  'count',
  'first_seen',
  'last_seen',
  ...durationColumns,
] as const;
const WIDTH = COLUMNS.length;
const LARGEST = 2 ** 32 - 1;

/** Columns that {@link EdgeRows} are made of. */
export const edgeRowColumns = ['edge_number', ...COLUMNS] as const;

/**
 * Rows of sums, one for each edge, packed: there are hundreds of thousands. Immutable.
 */
export class EdgeRows {
  /**
   * @param columns - by rising `edge_number`
   * @param start - milliseconds since the epoch that the rows begin at: their times are kept from there on
   */
  static of(
    columns: Record<(typeof edgeRowColumns)[number], number[]>,
    start: number,
  ): EdgeRows {
    const numbers = Float64Array.from(columns.edge_number);
    const values = new Float64Array(numbers.length * WIDTH);
    let fits = true;
    for (const [column, name] of COLUMNS.entries()) {
      const ofColumn = columns[name];
      const origin = column === FIRST_SEEN || column === LAST_SEEN ? start : 0;
      for (let row = 0; row < numbers.length; row++) {
        const value = ofColumn[row] - origin;
        values[row * WIDTH + column] = value;
        fits &&= value >= 0 && value <= LARGEST;
      }
    }
    return new EdgeRows(
      numbers,
      fits ? Uint32Array.from(values) : values,
      start,
    );
  }

  private constructor(
    readonly numbers: Float64Array,
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
    this.#values = new Float64Array(numbers.length * WIDTH);
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
      const into = place * WIDTH;
      const from = row * WIDTH;
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
      for (let column = DURATIONS; column < WIDTH; column++) {
        sums[into + column] += values[from + column];
      }
    }
  }

  /** How many calls an edge has, by its place among the numbers. */
  countOf(place: number): number {
    return this.#values[place * WIDTH + COUNT];
  }

  /** When they came, in milliseconds since the epoch. */
  firstSeenOf(place: number): number {
    return this.#values[place * WIDTH + FIRST_SEEN];
  }

  lastSeenOf(place: number): number {
    return this.#values[place * WIDTH + LAST_SEEN];
  }

  /** Adds the durations of an edge's calls to a histogram. */
  addDurations(place: number, histogram: DurationHistogram): void {
    const at = place * WIDTH + DURATIONS;
    const sums = this.#values;
    for (let index = 0; index < histogram.length; index++) {
      histogram[index] += sums[at + index];
    }
  }
}
