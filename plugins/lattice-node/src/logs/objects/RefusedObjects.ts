import { isAwsError } from '../../aws/isAwsError';
import type { ListedObject } from './ObjectLayout';
import type { UnreadObject } from './UnreadObject';

/** So many objects one after the other aren't refused for a reason of each. */
const MANY_IN_A_ROW = 10;

/**
 * Objects that S3 refuses to give: known, so that they are not asked for every minute, and told but once.
 */
export class RefusedObjects {
  /** Milliseconds since the epoch that they were delivered at, by key and ETag. */
  readonly #deliveredAt = new Map<string, number>();
  /** Those that were refused, when they were first asked for, since one was read. */
  readonly #inARow = new Set<string>();

  has(object: ListedObject): boolean {
    return this.#deliveredAt.has(idOf(object));
  }

  /**
   * Notes a refusal.
   *
   * @returns whether it is the first of this object
   * @throws the error, if so many objects were refused in a row that it is the source's, not theirs
   */
  add({ listed, timestamp, isKnown }: UnreadObject, error: Error): boolean {
    const id = idOf(listed);
    // Those that were refused before come one after the other when the rest is read, and whole folders may
    // have been moved to another storage class.
    if (!isKnown && !isAwsError(error, 'InvalidObjectState')) {
      this.#inARow.add(id);
      if (this.#inARow.size >= MANY_IN_A_ROW) {
        throw error;
      }
    }
    const isNew = !this.#deliveredAt.has(id);
    this.#deliveredAt.set(id, timestamp);
    return isNew;
  }

  /** Notes that an object was not refused. */
  noteRead(): void {
    this.#inARow.clear();
  }

  /** Forgets what was delivered before a time, in milliseconds since the epoch: it isn't asked for again. */
  forgetBefore(timestamp: number): void {
    for (const [id, deliveredAt] of this.#deliveredAt) {
      if (deliveredAt < timestamp) {
        this.#deliveredAt.delete(id);
      }
    }
  }
}

function idOf({ key, etag }: ListedObject): string {
  return `${key} ${etag}`;
}
