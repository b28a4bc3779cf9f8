/** Then those that were seen are forgotten. */
const MOST_KNOWN = 20_000;

/** Numbers what is in a batch, in the order in which it comes. Mostly the same comes in the next batch. */
export class BatchNumbers<T> {
  readonly #known = new Map<
    string,
    { value: T; batch: number; number: number }
  >();
  #batch = 0;
  #forgotIn = 0;
  #values: T[] = [];

  /** @param value - what `key` stands for */
  numberOf(key: string, value: T): number {
    let known = this.#known.get(key);
    if (!known) {
      if (this.#known.size >= MOST_KNOWN && this.#batch > this.#forgotIn) {
        this.#forget();
      }
      known = { value, batch: -1, number: 0 };
      this.#known.set(key, known);
    }
    if (known.batch !== this.#batch) {
      known.batch = this.#batch;
      known.number = this.#values.push(known.value) - 1;
    }
    return known.number;
  }

  /** What has that number in this batch. */
  valueOf(number: number): T {
    return this.#values[number];
  }

  /** What has a number in this batch, in their order. The next one begins. */
  take(): T[] {
    const values = this.#values;
    this.#values = [];
    this.#batch++;
    return values;
  }

  /** Of what is in this batch the numbers are still wanted. */
  #forget(): void {
    this.#forgotIn = this.#batch;
    for (const [key, { batch }] of this.#known) {
      if (batch !== this.#batch) {
        this.#known.delete(key);
      }
    }
  }
}
