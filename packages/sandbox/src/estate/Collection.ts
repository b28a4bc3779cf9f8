/** Called with every change of a collection, after it was made. */
export type ChangeListener = (
  collection: string,
  key: string,
  value: unknown | undefined,
) => void;

/**
 * A keyed set of resources of one kind. Values are replaced whole, never changed in place,
 * so that every change reaches the journal.
 */
export class Collection<T> {
  readonly #items = new Map<string, T>();

  constructor(
    readonly name: string,
    private readonly onChange: ChangeListener,
  ) {}

  get(key: string): T | undefined {
    return this.#items.get(key);
  }

  has(key: string): boolean {
    return this.#items.has(key);
  }

  put(key: string, value: T): T {
    this.#items.set(key, value);
    this.onChange(this.name, key, value);
    return value;
  }

  /** Replaces the value by what `change` makes of it. Throws when there is none. */
  update(key: string, change: (value: T) => T): T {
    const value = this.#items.get(key);
    if (value === undefined) {
      throw new Error(`No ${this.name} with key ${key}`);
    }
    return this.put(key, change(value));
  }

  delete(key: string): boolean {
    const deleted = this.#items.delete(key);
    if (deleted) {
      this.onChange(this.name, key, undefined);
    }
    return deleted;
  }

  values(): T[] {
    return [...this.#items.values()];
  }

  entries(): [string, T][] {
    return [...this.#items.entries()];
  }

  filter(accept: (value: T) => boolean): T[] {
    return this.values().filter(accept);
  }

  find(accept: (value: T) => boolean): T | undefined {
    for (const value of this.#items.values()) {
      if (accept(value)) {
        return value;
      }
    }
    return undefined;
  }

  get size(): number {
    return this.#items.size;
  }

  /** Puts a value without telling the journal: for replaying it. */
  restore(key: string, value: T | undefined): void {
    if (value === undefined) {
      this.#items.delete(key);
    } else {
      this.#items.set(key, value);
    }
  }
}
