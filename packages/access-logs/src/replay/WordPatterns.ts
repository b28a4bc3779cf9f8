import type { PathWords } from './PathWords';

/** Looks up words of paths in those that policies read. */
export class WordPatterns {
  readonly #words: PathWords;
  readonly #whole: ReadonlySet<string>;

  /** By ASCII code: whether a word that begins with it, or ends with it, may be touched. */
  readonly #firstCodes = new Uint8Array(128);
  readonly #lastCodes = new Uint8Array(128);

  private constructor(words: PathWords) {
    this.#words = words;
    this.#whole = new Set(words.whole);
    for (const word of [...words.whole, ...words.starts]) {
      mark(this.#firstCodes, word[0]);
    }
    for (const word of words.ends) {
      mark(this.#lastCodes, word[word.length - 1]);
    }
  }

  static of(words: PathWords): WordPatterns {
    return new WordPatterns(words);
  }

  /** The same as {@link WordPatterns.touches} of a part of a text; most words need not be cut out. */
  touchesAt(text: string, start: number, end: number): boolean {
    return (
      (this.#words.parts.length > 0 ||
        this.#firstCodes[text.charCodeAt(start)] === 1 ||
        this.#lastCodes[text.charCodeAt(end - 1)] === 1) &&
      this.touches(text.slice(start, end))
    );
  }

  /** Whether the text of a pattern may match a word, or some of it. */
  touches(word: string): boolean {
    const lower = word.toLowerCase();
    const { starts, ends, parts } = this.#words;
    return (
      this.#whole.has(lower) ||
      starts.some(text => lower.startsWith(text)) ||
      ends.some(text => lower.endsWith(text)) ||
      parts.some(text => lower.includes(text))
    );
  }
}

/** In both cases of the letter. */
function mark(codes: Uint8Array, character: string): void {
  codes[character.charCodeAt(0)] = 1;
  codes[character.toUpperCase().charCodeAt(0)] = 1;
}
