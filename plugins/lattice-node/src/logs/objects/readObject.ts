import type { ColumnsReader, TextsToKeep } from '@lattice-portal/access-logs';
import { isAwsError } from '../../aws/isAwsError';
import type {
  AccessLogBacklog,
  AccessLogBatch,
  AccessLogLine,
} from '../../ports/AccessLogSource';
import { isRefusalOfObject } from './isRefusalOfObject';
import type { LogBucket } from './LogBucket';
import { progressOf, type UnreadObject } from './UnreadObject';

/** What is to be read, and how. */
export interface ObjectReading {
  reader: ColumnsReader;
  bucket: LogBucket;
  object: UnreadObject;
  backlog?: AccessLogBacklog;
  texts?: TextsToKeep;
  signal?: AbortSignal;
  /** Whether all that was delivered before has been read. */
  isInOrder: boolean;
  /** In another thread, which takes a while to start. */
  isOneOfMany: boolean;
}

/** What comes of an object: its lines, batch by batch, or S3's refusal to give it. */
export type ObjectStep =
  | { batch: AccessLogBatch }
  | { refusal: { object: UnreadObject; error: Error } };

/**
 * Reads an object on.
 *
 * @throws what speaks against the whole source, such as an error of the connection
 */
export async function* readObject(
  options: ObjectReading,
): AsyncGenerator<ObjectStep> {
  const { object, bucket } = options;
  try {
    for await (const batch of batchesOf(options)) {
      yield { batch };
    }
  } catch (error) {
    countAsRead(options);
    if (isAwsError(error, 'NoSuchKey')) {
      const aside = 'deleted before it was read';
      const at = object.readTo;
      yield {
        batch: {
          lines: [asideLine({ bucket, object, part: `${at} rest`, aside })],
          object: progressOf(object, at, true),
        },
      };
    } else if (isRefusalOfObject(error)) {
      yield { refusal: { object, error } };
    } else if (!isAwsError(error, 'PreconditionFailed')) {
      throw error;
    }
    // Else it was written anew since it was listed: the next listing has it as it is now.
  }
}

async function* batchesOf(
  options: ObjectReading,
): AsyncGenerator<AccessLogBatch> {
  const { reader, bucket, object, backlog, texts, signal } = options;
  const { listed } = object;
  const readUntil = options.isInOrder
    ? new Date(object.timestamp).toISOString()
    : undefined;
  const reading = reader.read({
    object: {
      id: `${listed.key} ${listed.etag}`,
      deliveredAt: object.timestamp,
      place: placeOf(bucket, object),
    },
    open: () => bucket.bytes(listed, { signal }),
    size: listed.size,
    from: object.readTo,
    texts,
    isOneOfMany: options.isOneOfMany,
  });
  let position = object.readTo;
  let next = await reading.next();
  try {
    for (; !next.done; next = await reading.next()) {
      const { columns, end } = next.value;
      position = end;
      const done = progressOf(object, position, false);
      yield { lines: [], columns, object: done, readUntil, backlog };
    }
  } finally {
    if (!next.done) {
      await reading.return(undefined as never);
    }
  }
  countAsRead(options);
  const { problem: aside } = next.value;
  const part = `${position} rest`;
  yield {
    lines: aside ? [asideLine({ bucket, object, part, aside })] : [],
    object: progressOf(object, position, true),
    readUntil,
    backlog,
  };
}

function countAsRead({ backlog, object }: ObjectReading): void {
  if (backlog) {
    const { files, bytes } = backlog;
    files.read++;
    bytes.read += object.listed.size;
    // More may have come since there was counted.
    files.total = Math.max(files.total, files.read);
    bytes.total = Math.max(bytes.total, bytes.read);
  }
}

/**
 * A line that stands for what of an object can't be read.
 *
 * @param options - `part`: tells it from others of the object. `aside`: why
 */
export function asideLine(options: {
  bucket: LogBucket;
  object: UnreadObject;
  part: string;
  aside: string;
}): AccessLogLine {
  const { bucket, object, part, aside } = options;
  const { listed, timestamp } = object;
  return {
    id: `${listed.key} ${listed.etag} ${part}`,
    text: '',
    timestamp,
    place: placeOf(bucket, object),
    aside,
  };
}

function placeOf(bucket: LogBucket, { listed }: UnreadObject): string {
  return `s3://${bucket.name}/${listed.key}`;
}
