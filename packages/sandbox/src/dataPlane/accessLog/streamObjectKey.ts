import { randomUUID } from 'node:crypto';
import type { StreamDestination } from '../../operations/firehose/deliveryStreams';

/**
 * Key of an object that Amazon Data Firehose writes.
 *
 * @remarks
 * https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html
 *
 * @param options - `time`: of the oldest record, in milliseconds since the epoch
 */
export function streamObjectKey(options: {
  destination: StreamDestination;
  time: number;
}): string {
  const { destination, time } = options;
  const { streamName, prefix = '', isPacked } = destination;
  const iso = new Date(time).toISOString();
  const hour = iso.slice(0, 13).replace(/[-T]/g, '/');
  const stamp = iso.slice(0, 19).replace(/[T:]/g, '-');
  return `${prefix}${hour}/${streamName}-1-${stamp}-${randomUUID()}${
    isPacked ? '.gz' : ''
  }`;
}
