import { isAwsError } from '../../aws/isAwsError';
import type { ListedObject } from './ObjectLayout';
import type { UnreadObject } from './UnreadObject';

/** So many objects one after the other aren't refused for a reason of each. */
const MANY_IN_A_ROW = 10;

/**
 * Objects that S3 refuses to give: known, so that they are not asked for every minute, and told but once. Times
 * in milliseconds since the epoch.
 */
export class RefusedObjects {
  /** By key and ETag. */
  readonly #refused = new Map<
    string,
    { deliveredAt: number; askedAt: number }
  >();
  /** Those that were refused, when they were first asked for, since one was read. */
  readonly #inARow = new Set<string>();

  /** Whether an object was refused after a time. */
  wasRefused(object: ListedObject, options: { after: number }): boolean {
    const { askedAt = 0 } = this.#refused.get(idOf(object)) ?? {};
    return askedAt > options.after;
  }

  /**
   * Notes a refusal of now.
   *
   * @returns whether it is the first of this object
   * @throws the error, if so many objects were refused in a row that it is the source's, not theirs
   */
  add(options: { object: UnreadObject; error: Error; now: number }): boolean {
    const { object, error, now } = options;
    const { listed, timestamp, isKnown } = object;
    const id = idOf(listed);
    // Those that were refused before come one after the other when the rest is read, and whole folders may
    // have been moved to another storage class.
    if (!isKnown && !isAwsError(error, 'InvalidObjectState')) {
      this.#inARow.add(id);
      if (this.#inARow.size >= MANY_IN_A_ROW) {
        throw error;
      }
    }
    const isNew = !this.#refused.has(id);
    this.#refused.set(id, { deliveredAt: timestamp, askedAt: now });
    return isNew;
  }

  /** Notes that an object was not refused. */
  noteRead(): void {
    this.#inARow.clear();
  }

  /** Forgets what was delivered before a time: it isn't asked for again. */
  forgetBefore(timestamp: number): void {
    for (const [id, { deliveredAt }] of this.#refused) {
      if (deliveredAt < timestamp) {
        this.#refused.delete(id);
      }
    }
  }
}

function idOf({ key, etag }: ListedObject): string {
  return `${key} ${etag}`;
}
