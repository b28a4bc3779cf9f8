const minute = 60 * 1000;

/**
 * Ids of the lines given lately, so that re-reading for late lines does not give them again. By the minute, so
 * that forgetting takes no look at each. Times in milliseconds since the epoch.
 */
export class SeenLines {
  readonly #minutes = new Map<number, Set<string>>();

  /** Number of lines. */
  get size(): number {
    return [...this.#minutes.values()].reduce((sum, { size }) => sum + size, 0);
  }

  has(id: string, timestamp: number): boolean {
    return this.#minutes.get(minuteOf(timestamp))?.has(id) ?? false;
  }

  add(id: string, timestamp: number): void {
    const start = minuteOf(timestamp);
    const ids = this.#minutes.get(start);
    if (ids) {
      ids.add(id);
    } else {
      this.#minutes.set(start, new Set([id]));
    }
  }

  /** Forgets the lines of minutes that are over by then. */
  forgetBefore(timestamp: number): void {
    const first = minuteOf(timestamp);
    for (const start of this.#minutes.keys()) {
      if (start < first) {
        this.#minutes.delete(start);
      }
    }
  }
}

function minuteOf(timestamp: number): number {
  return Math.floor(timestamp / minute);
}
