import { escaped, FirehosePrefix } from './FirehosePrefix';
import type { Listing, ListedObject, ObjectLayout } from './ObjectLayout';

const minute = 60 * 1000;
const hour = 60 * minute;
/** In all time zones, hours begin at one of these. */
const step = 15 * minute;

/**
 * Keys as Amazon Data Firehose makes them: a prefix that mostly has the hour, and behind it a name that begins
 * with the stream's, its version and a time.
 *
 * @remarks
 * Sources: https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html,
 * https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html
 */
export class FirehoseLayout implements ObjectLayout {
  readonly isInOrder: boolean;
  readonly #prefix: FirehosePrefix;
  readonly #key: RegExp;
  /** What keys of records begin with that could not be delivered. */
  readonly #errorPrefix?: string;

  constructor(options: {
    streamName: string;
    /** As configured. Absent: Firehose's own. */
    prefix?: string;
    errorPrefix?: string;
    timeZone?: string;
  }) {
    const { streamName, errorPrefix, timeZone = 'UTC' } = options;
    const prefix = withTime(options.prefix ?? '');
    this.#prefix = new FirehosePrefix({ prefix, timeZone });
    this.isInOrder = this.#prefix.hasHour;
    // Not just somewhere: the names of other streams may end or begin with this one's.
    const name = `${escaped(streamName)}-\\d+-\\d{4}(-\\d\\d){5}-`;
    this.#key = new RegExp(`^${this.#prefix.pattern}${name}`);
    // Up to where it has no expression: enough to tell records that could not be delivered.
    const errorStart = errorPrefix?.split('!{')[0];
    if (errorStart && !prefix.startsWith(errorStart)) {
      this.#errorPrefix = errorStart;
    }
  }

  listings(options: { from: number; to: number }): Listing[] {
    const { from, to } = options;
    const prefixes = new Set<string>();
    // The hour is that of the oldest record in the object, which is delivered up to 15 minutes later.
    for (let time = from - (from % hour) - hour; time <= to; time += step) {
      prefixes.add(this.#prefix.at(time));
    }
    return [...prefixes].map(prefix => ({ prefix }));
  }

  accepts(key: string): boolean {
    const isError =
      this.#errorPrefix !== undefined && key.startsWith(this.#errorPrefix);
    return this.#key.test(key) && !isError;
  }

  timeOf(object: ListedObject): number {
    return object.lastModified;
  }
}

/** Firehose puts the hour behind a prefix that has no time. */
function withTime(prefix: string): string {
  return prefix.includes('!{timestamp:')
    ? prefix
    : `${prefix}!{timestamp:yyyy/MM/dd/HH/}`;
}
