import { evaluatePrefix } from './evaluatePrefix';
import type { Listing, ListedObject, ObjectLayout } from './ObjectLayout';

const hour = 60 * 60 * 1000;

/**
 * Keys as Amazon Data Firehose makes them: a prefix that mostly has the hour, and a name that begins with
 * the stream's.
 *
 * @remarks
 * Sources: https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html,
 * https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html
 */
export class FirehoseLayout implements ObjectLayout {
  readonly #prefix: string;
  readonly #timeZone: string;
  readonly #streamName: string;
  readonly #errorPrefix?: string;

  constructor(options: {
    streamName: string;
    /** As configured. Absent: Firehose's own. */
    prefix?: string;
    errorPrefix?: string;
    timeZone?: string;
  }) {
    const { streamName, prefix = '', errorPrefix, timeZone = 'UTC' } = options;
    this.#prefix = prefix.includes('!{timestamp:')
      ? prefix
      : `${prefix}!{timestamp:yyyy/MM/dd/HH/}`;
    // Up to where it has no expression: enough to tell records that could not be delivered.
    this.#errorPrefix = errorPrefix?.split('!{')[0] || undefined;
    this.#timeZone = timeZone;
    this.#streamName = streamName;
  }

  listings(options: { from: number; to: number }): Listing[] {
    const { from, to } = options;
    const prefixes = new Set<string>();
    // The hour is that of the oldest record in the object, which is delivered up to 15 minutes later.
    for (let time = from - (from % hour) - hour; time <= to; time += hour) {
      prefixes.add(
        evaluatePrefix({
          prefix: this.#prefix,
          time,
          timeZone: this.#timeZone,
        }),
      );
    }
    return [...prefixes].map(prefix => ({ prefix }));
  }

  accepts(key: string): boolean {
    const name = key.slice(key.lastIndexOf('/') + 1);
    const isError =
      this.#errorPrefix !== undefined &&
      key.startsWith(this.#errorPrefix) &&
      !this.#prefix.startsWith(this.#errorPrefix);
    return name.includes(`${this.#streamName}-`) && !isError;
  }

  timeOf(object: ListedObject): number {
    return object.lastModified;
  }
}
