/** Which words of a path the literal texts of patterns can reach into. */
export class WordPatterns {
  readonly #whole = new Set<string>();
  readonly #starts: string[] = [];
  readonly #ends: string[] = [];
  readonly #parts: string[] = [];

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
    } else if (isOpenBehind) {
      this.#starts.push(word);
    } else {
      this.#whole.add(word);
    }
  }
}
