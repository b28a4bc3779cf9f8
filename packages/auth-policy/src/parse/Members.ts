import { Part } from './Problems';

/** How many members are found faster in a list than by name. */
const MANY = 12;

/**
 * The members of an object by name. An object of a policy has few of them, for which a
 * list is quicker made than a map; one with many gets a map as well.
 */
export class Members {
  private readonly parts: Array<[string, Part]> = [];
  private byName?: Map<string, Part> = undefined;

  private constructor() {}

  static create(): Members {
    return new Members();
  }

  get size(): number {
    return this.parts.length;
  }

  get(name: string): Part | undefined {
    if (this.byName) {
      return this.byName.get(name);
    }
    for (const [known, part] of this.parts) {
      if (known === name) {
        return part;
      }
    }
    return undefined;
  }

  /** Adds a member, or puts it in the place of one with its name. */
  set(name: string, part: Part): void {
    if (this.get(name)) {
      this.parts[this.parts.findIndex(([known]) => known === name)][1] = part;
    } else {
      this.parts.push([name, part]);
    }
    if (this.byName) {
      this.byName.set(name, part);
    } else if (this.parts.length > MANY) {
      this.byName = new Map(this.parts);
    }
  }

  [Symbol.iterator](): Iterator<[string, Part]> {
    return this.parts[Symbol.iterator]();
  }
}
