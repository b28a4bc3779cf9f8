/** Words of 32 bits an entry takes: four of the key and the log's tag. */
export const ENTRY_WORDS = 5;
const FIRST_CAPACITY = 64;
const MAX_LOAD = 0.6;

/** What a record is to those seen before. */
export type Novelty = 'new' | 'duplicate' | 'twin';

/**
 * Keys of calls with the logs they were seen in: a hash table in one array of numbers, 20 bytes an
 * entry, 33 to 67 with the room it needs.
 */
export class CallTable {
  #words: Uint32Array;
  #capacity: number;
  #size: number;

  private constructor(words: Uint32Array, size: number) {
    this.#words = words;
    this.#capacity = words.length / ENTRY_WORDS;
    this.#size = size;
  }

  static create(): CallTable {
    return new CallTable(new Uint32Array(FIRST_CAPACITY * ENTRY_WORDS), 0);
  }

  /** What {@link CallTable.words} gave before. */
  static fromWords(words: Uint32Array, size: number): CallTable {
    return new CallTable(words, size);
  }

  get words(): Uint32Array {
    return this.#words;
  }

  get size(): number {
    return this.#size;
  }

  get bytes(): number {
    return this.#words.byteLength;
  }

  /**
   * @param keys - an array with the four words of the key at `at`
   * @param tag - the same for two records of the same log
   */
  add(keys: Uint32Array, at: number, tag: number): Novelty {
    if (this.#size >= this.#capacity * MAX_LOAD) {
      this.#grow();
    }
    const words = this.#words;
    const first = keys[at];
    const second = keys[at + 1];
    const third = keys[at + 2];
    const fourth = filled(keys[at + 3]);
    let isKnown = false;
    let slot = first % this.#capacity;
    for (;;) {
      const entry = slot * ENTRY_WORDS;
      if (words[entry + 3] === 0) {
        words[entry] = first;
        words[entry + 1] = second;
        words[entry + 2] = third;
        words[entry + 3] = fourth;
        words[entry + 4] = tag;
        this.#size++;
        return isKnown ? 'twin' : 'new';
      }
      if (
        words[entry] === first &&
        words[entry + 1] === second &&
        words[entry + 2] === third &&
        words[entry + 3] === fourth
      ) {
        // An array of 32 bits holds no negative number.
        if (words[entry + 4] === tag) {
          return 'duplicate';
        }
        isKnown = true;
      }
      slot = slot + 1 === this.#capacity ? 0 : slot + 1;
    }
  }

  #grow(): void {
    const old = this.#words;
    this.#capacity *= 2;
    this.#words = new Uint32Array(this.#capacity * ENTRY_WORDS);
    for (let entry = 0; entry < old.length; entry += ENTRY_WORDS) {
      if (old[entry + 3] !== 0) {
        let slot = old[entry] % this.#capacity;
        while (this.#words[slot * ENTRY_WORDS + 3] !== 0) {
          slot = slot + 1 === this.#capacity ? 0 : slot + 1;
        }
        this.#words.set(
          old.subarray(entry, entry + ENTRY_WORDS),
          slot * ENTRY_WORDS,
        );
      }
    }
  }
}

/** Zero marks a slot that is free. */
function filled(word: number): number {
  return word === 0 ? 1 : word;
}
