import { KEY_WORDS, LINE_ID_WORDS } from '@lattice-portal/access-logs';

/** Four words of the key, the source, two of the line's id, and the log. */
const ENTRY_WORDS = KEY_WORDS + 1 + LINE_ID_WORDS + 1;
const FIRST_CAPACITY = 64;
const MAX_LOAD = 0.6;

/**
 * What a line is to those before it: it was read before, its own log told of the same, another log did, or
 * nobody.
 */
export enum Novelty {
  Known = 0,
  Duplicate = 1,
  Twin = 2,
  New = 3,
}

/** Where the columns of a line stand, and which source it is of. */
export interface LinePlace {
  keys: Uint32Array;
  lineIds: Uint32Array;
  at: number;
  sourceNumber: number;
  /** Tells logs apart that are delivered to one source. Default: 0, as there is one. */
  log?: number;
}

/**
 * Lines that were seen: a hash table in one array of numbers, 32 bytes a line, and as much again for the
 * room it needs.
 */
export class SeenTable {
  #capacity: number;
  #words: Uint32Array;
  #size = 0;

  /** @param lines - about how many there will be: making room again and again takes as long as all else */
  constructor(lines = 0) {
    this.#capacity = FIRST_CAPACITY;
    while (this.#capacity * MAX_LOAD < lines) {
      this.#capacity *= 2;
    }
    this.#words = new Uint32Array(this.#capacity * ENTRY_WORDS);
  }

  /** Number of lines. */
  get size(): number {
    return this.#size;
  }

  /** Adds a line, unless it is there already, and says what it is to those that are. */
  add({ keys, lineIds, at, sourceNumber, log = 0 }: LinePlace): Novelty {
    if (this.#size >= this.#capacity * MAX_LOAD) {
      this.#grow();
    }
    const words = this.#words;
    const key = at * KEY_WORDS;
    const first = keys[key];
    const second = keys[key + 1];
    const third = keys[key + 2];
    const fourth = filled(keys[key + 3]);
    const high = lineIds[at * LINE_ID_WORDS];
    const low = lineIds[at * LINE_ID_WORDS + 1];
    let novelty = Novelty.New;
    let slot = first % this.#capacity;
    for (;;) {
      const entry = slot * ENTRY_WORDS;
      if (words[entry + 3] === 0) {
        words[entry] = first;
        words[entry + 1] = second;
        words[entry + 2] = third;
        words[entry + 3] = fourth;
        words[entry + 4] = sourceNumber;
        words[entry + 5] = high;
        words[entry + 6] = low;
        words[entry + 7] = log;
        this.#size++;
        return novelty;
      }
      if (
        words[entry] === first &&
        words[entry + 1] === second &&
        words[entry + 2] === third &&
        words[entry + 3] === fourth
      ) {
        const isOfSource = words[entry + 4] === sourceNumber;
        if (
          isOfSource &&
          words[entry + 5] === high &&
          words[entry + 6] === low
        ) {
          return Novelty.Known;
        }
        novelty =
          isOfSource && words[entry + 7] === log
            ? Novelty.Duplicate
            : Math.min(novelty, Novelty.Twin);
      }
      slot = slot + 1 === this.#capacity ? 0 : slot + 1;
    }
  }

  #grow(): void {
    const old = this.#words;
    const capacity = this.#capacity * 2;
    const words = new Uint32Array(capacity * ENTRY_WORDS);
    for (let entry = 0; entry < old.length; entry += ENTRY_WORDS) {
      if (old[entry + 3] !== 0) {
        let slot = old[entry] % capacity;
        while (words[slot * ENTRY_WORDS + 3] !== 0) {
          slot = slot + 1 === capacity ? 0 : slot + 1;
        }
        // Word by word: a view of each would take several times as long.
        for (let word = 0; word < ENTRY_WORDS; word++) {
          words[slot * ENTRY_WORDS + word] = old[entry + word];
        }
      }
    }
    this.#words = words;
    this.#capacity = capacity;
  }
}

/** Zero marks a slot that is free. */
function filled(word: number): number {
  return word === 0 ? 1 : word;
}
