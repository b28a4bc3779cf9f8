/** A map that forgets everything when it is full: memory stays bounded whatever comes in. */
export class BoundedMap<K, V> {
  private readonly entries = new Map<K, V>();
  private readonly limit: number;

  private constructor(limit: number) {
    this.limit = limit;
  }

  static create<K, V>(limit: number): BoundedMap<K, V> {
    return new BoundedMap(limit);
  }

  get(key: K): V | undefined {
    return this.entries.get(key);
  }

  set(key: K, value: V): void {
    if (this.entries.size >= this.limit) {
      this.entries.clear();
    }
    this.entries.set(key, value);
  }
}
