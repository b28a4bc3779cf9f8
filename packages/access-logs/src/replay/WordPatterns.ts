/** Which words of a path the literal texts of patterns can reach into. */
export class WordPatterns {
  readonly #whole = new Set<string>();
  readonly #starts: string[] = [];
  readonly #ends: string[] = [];
  readonly #parts: string[] = [];

  /** By ASCII code: whether a word that begins with it, or ends with it, may be touched. */
  readonly #firstCodes = new Uint8Array(128);
  readonly #lastCodes = new Uint8Array(128);

  private constructor() {}

  /** @param patterns - in lower case, with `*` as the only wildcard */
  static of(patterns: readonly string[]): WordPatterns {
    const words = new WordPatterns();
    for (const pattern of new Set(patterns)) {
      for (const match of pattern.matchAll(/[\w-]+/g)) {
        words.#add({
          word: match[0],
          isOpenBefore: pattern[match.index - 1] === '*',
          isOpenBehind: pattern[match.index + match[0].length] === '*',
        });
      }
    }
    return words;
  }

  /** The same as {@link WordPatterns.touches} of a part of a text; most words need not be cut out. */
  touchesAt(text: string, start: number, end: number): boolean {
    return (
      (this.#parts.length > 0 ||
        this.#firstCodes[text.charCodeAt(start)] === 1 ||
        this.#lastCodes[text.charCodeAt(end - 1)] === 1) &&
      this.touches(text.slice(start, end))
    );
  }

  /** Whether the text of a pattern may match a word, or some of it. */
  touches(word: string): boolean {
    const lower = word.toLowerCase();
    return (
      this.#whole.has(lower) ||
      this.#starts.some(text => lower.startsWith(text)) ||
      this.#ends.some(text => lower.endsWith(text)) ||
      this.#parts.some(text => lower.includes(text))
    );
  }

  #add(options: {
    word: string;
    isOpenBefore: boolean;
    isOpenBehind: boolean;
  }): void {
    const { word, isOpenBefore, isOpenBehind } = options;
    if (isOpenBefore && isOpenBehind) {
      this.#parts.push(word);
    } else if (isOpenBefore) {
      this.#ends.push(word);
      mark(this.#lastCodes, word[word.length - 1]);
    } else if (isOpenBehind) {
      this.#starts.push(word);
      mark(this.#firstCodes, word[0]);
    } else {
      this.#whole.add(word);
      mark(this.#firstCodes, word[0]);
    }
  }
}

/** In both cases of the letter. */
function mark(codes: Uint8Array, character: string): void {
  codes[character.charCodeAt(0)] = 1;
  codes[character.toUpperCase().charCodeAt(0)] = 1;
}
