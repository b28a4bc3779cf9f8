interface Branch extends Map<string, Branch | number> {}

/**
 * Numbers for lists of texts, all of one length. Texts are not put together to one that is looked up: they
 * are long, and shared by many lists.
 */
export class NumbersByTexts {
  readonly #root: Branch = new Map();
  #size = 0;

  /** How many there are. */
  get size(): number {
    return this.#size;
  }

  get(texts: readonly string[]): number | undefined {
    let found: Branch | number | undefined = this.#root;
    for (const text of texts) {
      found = (found as Branch).get(text);
      if (found === undefined) {
        return undefined;
      }
    }
    return found as number;
  }

  set(texts: readonly string[], number: number): void {
    const last = texts.length - 1;
    let branch = this.#root;
    for (let at = 0; at < last; at++) {
      let next = branch.get(texts[at]) as Branch | undefined;
      if (!next) {
        next = new Map();
        branch.set(texts[at], next);
      }
      branch = next;
    }
    if (!branch.has(texts[last])) {
      this.#size++;
    }
    branch.set(texts[last], number);
  }
}
