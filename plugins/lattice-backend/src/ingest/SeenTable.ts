import { KEY_WORDS, LINE_ID_WORDS } from '@lattice-portal/access-logs';

/** Four words of the key, the source, two of the line's id, and the log. */
const ENTRY_WORDS = KEY_WORDS + 1 + LINE_ID_WORDS + 1;
/** A power of two, as all capacities: where a line's slot is, is a matter of some bits then. */
const FIRST_CAPACITY = 64;
const MAX_LOAD = 0.5;

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
 * Lines that were seen: a hash table in arrays of numbers, 32 bytes a line one behind the other, and some 8
 * more for the slots. Memory that is touched for the first time takes more time than all else, so that lines
 * are not spread over it.
 */
export class SeenTable {
  #capacity: number;
  /** One more than the number of the line that stands in a slot. 0: the slot is free. */
  #slots: Int32Array;
  #words: Int32Array<ArrayBuffer>;
  #size = 0;

  /** @param lines - about how many there will be: making room again and again takes as long as all else */
  constructor(lines = 0) {
    this.#capacity = FIRST_CAPACITY;
    while (this.#capacity * MAX_LOAD < lines) {
      this.#capacity *= 2;
    }
    this.#slots = new Int32Array(this.#capacity);
    this.#words = new Int32Array(roomFor(this.#capacity));
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
    const slots = this.#slots;
    const words = this.#words;
    const key = at * KEY_WORDS;
    // As integers with a sign, which are compared faster than what may be above.
    const first = keys[key] | 0;
    const second = keys[key + 1] | 0;
    const third = keys[key + 2] | 0;
    const fourth = keys[key + 3] | 0;
    const high = lineIds[at * LINE_ID_WORDS] | 0;
    const low = lineIds[at * LINE_ID_WORDS + 1] | 0;
    const ofLog = log | 0;
    const mask = this.#capacity - 1;
    let novelty = Novelty.New;
    let slot = first & mask;
    for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const entry = (slots[slot] - 1) * ENTRY_WORDS;
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
          isOfSource && words[entry + 7] === ofLog
            ? Novelty.Duplicate
            : Math.min(novelty, Novelty.Twin);
      }
    }
    const entry = this.#size * ENTRY_WORDS;
    words[entry] = first;
    words[entry + 1] = second;
    words[entry + 2] = third;
    words[entry + 3] = fourth;
    words[entry + 4] = sourceNumber;
    words[entry + 5] = high;
    words[entry + 6] = low;
    words[entry + 7] = ofLog;
    slots[slot] = ++this.#size;
    return novelty;
  }

  #grow(): void {
    this.#capacity *= 2;
    const words = new Int32Array(roomFor(this.#capacity));
    words.set(this.#words);
    this.#words = words;
    const slots = new Int32Array(this.#capacity);
    const mask = this.#capacity - 1;
    for (let line = 0; line < this.#size; line++) {
      let slot = words[line * ENTRY_WORDS] & mask;
      while (slots[slot] !== 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = line + 1;
    }
    this.#slots = slots;
  }
}

/** Words of the lines that a capacity is for. */
function roomFor(capacity: number): number {
  return capacity * MAX_LOAD * ENTRY_WORDS;
}
