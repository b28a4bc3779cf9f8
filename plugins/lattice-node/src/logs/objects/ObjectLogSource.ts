import {
  type ColumnsReader,
  readAhead,
  type TextsToKeep,
} from '@lattice-portal/access-logs';
import { isAwsError } from '../../aws/isAwsError';
import type {
  AccessLogBacklog,
  AccessLogBatch,
  AccessLogLine,
  AccessLogObject,
  AccessLogObjects,
  AccessLogSource,
} from '../../ports/AccessLogSource';
import type { LogBucket } from './LogBucket';
import { type ObjectCursor, parseObjectCursor } from './ObjectCursor';
import type { ListedObject, ObjectLayout } from './ObjectLayout';
import { describeSweep, nextPart, sweepFor } from './objectSweep';

const minute = 60 * 1000;
const hour = 60 * minute;

/** From so many bytes on, objects are worth reading several at a time. */
const MANY_BYTES = 4 * 1024 * 1024;
/** Delivery is best effort and takes minutes: objects may show up with a time that is over. */
const lateWindow = 48 * hour;
/** The last part of that window is listed every time, all of it only now and then. */
const shortLateWindow = 3 * hour;
const lateInterval = hour;
/** So much longer than they are searched, objects are remembered. */
const memoryMargin = 24 * hour;
/** From so long on, it is worth counting first what there is to read. */
const backlogFrom = hour;

/** Where a source's objects are, found out when it is read. */
export interface ObjectPlace {
  bucket: LogBucket;
  layout: ObjectLayout;
}

/**
 * Access logs in the objects of an S3 bucket, written by VPC Lattice or by Amazon Data Firehose.
 *
 * @remarks
 * Lists what was delivered since, and reads what isn't known yet, object by object. Objects are known by
 * key and ETag, so listing again the last 3 hours every time, and the last 48 hours once an hour, finds
 * those that came late and no other. Once a day all of the time that objects are remembered of is searched,
 * day by day, for those that came later still. How far an object has been read goes with its lines, so
 * reading goes on within an object.
 */
export class ObjectLogSource implements AccessLogSource {
  readonly id: string;
  readonly accountId: string;
  readonly region: string;
  #restUntil = 0;

  static create(options: {
    id: string;
    accountId: string;
    region: string;
    /** @throws what says that the source can't be read */
    place: () => Promise<ObjectPlace>;
    /** Milliseconds between two listings once everything is read. */
    interval: number;
    /** Milliseconds that an object may come late by. */
    lateFor: number;
    reader: ColumnsReader;
    now: () => number;
  }): ObjectLogSource {
    return new ObjectLogSource(options);
  }

  private constructor(
    private readonly options: Parameters<typeof ObjectLogSource.create>[0],
  ) {
    this.id = options.id;
    this.accountId = options.accountId;
    this.region = options.region;
  }

  async *read(options: {
    cursor?: string;
    since: number;
    objects: AccessLogObjects;
    texts?: TextsToKeep;
    signal?: AbortSignal;
  }): AsyncGenerator<AccessLogBatch> {
    const { since, signal, texts } = options;
    const now = this.options.now();
    if (now < this.#restUntil) {
      return;
    }
    const before = options.cursor
      ? parseObjectCursor(options.cursor, { keptFor: lateWindow })
      : undefined;
    const stored = before ?? firstCursor({ since, now });
    if (!before) {
      // Where reading begins stays the same, however long the first listing takes or fails.
      yield {
        lines: [],
        cursor: JSON.stringify(stored),
        readUntil: new Date(stored.start).toISOString(),
      };
    }
    const { start } = stored;
    const isLateDue = now - stored.lateListedAt >= lateInterval;
    const window = isLateDue ? lateWindow : shortLateWindow;
    const from = Math.max(start, stored.from - window);

    const place = await this.options.place();
    const unread = (objects: ListedObject[]) =>
      unreadOf({ objects, known: options.objects, place, from });
    const pages = () => pagesOf({ place, from, to: now, signal });
    const hasBacklog = now - stored.from > backlogFrom;
    const backlog = hasBacklog ? await backlogOf(pages(), unread) : undefined;
    for await (const page of pages()) {
      yield* this.#readObjects({
        place,
        objects: await unread(page),
        backlog,
        texts,
        signal,
      });
    }
    const keptFrom = Math.max(
      stored.keptFrom,
      Math.floor(now - this.options.lateFor),
    );
    const cursor: ObjectCursor = {
      ...stored,
      from: now,
      lateListedAt: isLateDue ? now : stored.lateListedAt,
      keptFrom,
    };
    yield {
      lines: [],
      cursor: JSON.stringify(cursor),
      readUntil: new Date(now).toISOString(),
      objectsBefore: Math.max(
        start,
        Math.min(keptFrom - memoryMargin, now - 2 * lateWindow),
      ),
    };
    const known = options.objects;
    yield* this.#sweep({ place, cursor, known, texts, signal });
    this.#restUntil = now + this.options.interval;
  }

  /** Searches for objects that came late by days, and reads them. Whoever stops goes on there. */
  async *#sweep(options: {
    place: ObjectPlace;
    cursor: ObjectCursor;
    known: AccessLogObjects;
    texts?: TextsToKeep;
    signal?: AbortSignal;
  }): AsyncGenerator<AccessLogBatch> {
    const { place, cursor, known, texts, signal } = options;
    const now = cursor.from;
    const sweep = sweepFor({ cursor, now, until: now - lateWindow });
    if (!sweep) {
      return;
    }
    // The rest has been read up to now all the while.
    const readUntil = new Date(now).toISOString();
    const standing = () => ({
      cursor: JSON.stringify({ ...cursor, sweep }),
      readUntil,
      sweep: describeSweep(sweep),
    });
    for (
      let part = nextPart(sweep);
      part !== undefined;
      part = nextPart(sweep)
    ) {
      for await (const page of pagesOf({ place, ...part, signal })) {
        const objects = await unreadOf({
          objects: page,
          known,
          place,
          from: part.from,
        });
        for await (const batch of this.#readObjects({
          place,
          objects,
          texts,
          signal,
        })) {
          sweep.found += batch.object?.isComplete ? 1 : 0;
          yield { ...batch, ...standing() };
        }
      }
      sweep.next = part.to;
      yield { lines: [], ...standing() };
    }
    yield {
      lines: [],
      cursor: JSON.stringify({
        ...cursor,
        sweptAt: sweep.startedAt,
        sweep: undefined,
      }),
      readUntil,
      sweep: describeSweep(sweep, this.options.now()),
    };
  }

  async *#readObjects(options: {
    place: ObjectPlace;
    objects: UnreadObject[];
    backlog?: AccessLogBacklog;
    texts?: TextsToKeep;
    signal?: AbortSignal;
  }): AsyncGenerator<AccessLogBatch> {
    const { objects, signal } = options;
    const bytes = objects.reduce((sum, { listed }) => sum + listed.size, 0);
    const isOneOfMany = bytes >= MANY_BYTES && objects.length > 1;
    yield* readAhead({
      things: objects,
      count: isOneOfMany ? this.options.reader.concurrency : 1,
      read: object => {
        signal?.throwIfAborted();
        return this.#readObject({ ...options, object, isOneOfMany });
      },
    });
  }

  async *#readObject(options: ObjectReading): AsyncGenerator<AccessLogBatch> {
    const { object, backlog } = options;
    try {
      yield* this.#batches(options);
    } catch (error) {
      // Written anew since it was listed: the next listing has it as it is now.
      if (!isAwsError(error, 'PreconditionFailed')) {
        if (!isAwsError(error, 'NoSuchKey')) {
          throw error;
        }
        yield {
          lines: [
            asideLine(options, object.readTo, 'deleted before it was read'),
          ],
          object: progressOf(object, object.readTo, true),
        };
      }
    }
    if (backlog) {
      backlog.files.read++;
      backlog.bytes.read += object.listed.size;
    }
  }

  async *#batches(options: ObjectReading): AsyncGenerator<AccessLogBatch> {
    const { place, object, backlog, texts, signal, isOneOfMany } = options;
    const { reader } = this.options;
    const { listed } = object;
    const { bucket } = place;
    const readUntil = new Date(object.timestamp).toISOString();
    const reading = reader.read({
      object: {
        id: `${listed.key} ${listed.etag}`,
        deliveredAt: object.timestamp,
        place: `s3://${bucket.name}/${listed.key}`,
      },
      open: () => bucket.bytes(listed, { signal }),
      size: listed.size,
      from: object.readTo,
      texts,
      isOneOfMany,
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
    const { problem } = next.value;
    const done = progressOf(object, position, true);
    yield {
      lines: problem ? [asideLine(options, position, problem)] : [],
      object: done,
      readUntil,
      backlog,
    };
  }
}

function firstCursor(options: { since: number; now: number }): ObjectCursor {
  const start = Math.floor(options.since);
  const sweptAt = options.now;
  return { start, from: start, lateListedAt: 0, keptFrom: start, sweptAt };
}

interface ObjectReading {
  place: ObjectPlace;
  object: UnreadObject;
  backlog?: AccessLogBacklog;
  texts?: TextsToKeep;
  signal?: AbortSignal;
  isOneOfMany: boolean;
}

interface UnreadObject {
  listed: ListedObject;
  timestamp: number;
  readTo: number;
}

async function* pagesOf(options: {
  place: ObjectPlace;
  from: number;
  to: number;
  signal?: AbortSignal;
}): AsyncGenerator<ListedObject[]> {
  const { place, from, to, signal } = options;
  for (const listing of place.layout.listings({ from, to })) {
    yield* place.bucket.list(listing, { signal });
  }
}

async function unreadOf(options: {
  objects: ListedObject[];
  known: AccessLogObjects;
  place: ObjectPlace;
  from: number;
}): Promise<UnreadObject[]> {
  const { known, place, from } = options;
  const { layout } = place;
  const candidates = options.objects
    .filter(({ key }) => layout.accepts(key))
    .map(listed => ({ listed, timestamp: layout.timeOf(listed) }))
    .filter(({ timestamp }) => timestamp >= from);
  const found = await known.find(candidates.map(({ listed }) => listed.key));
  return candidates.flatMap(({ listed, timestamp }) => {
    const before = found.get(listed.key);
    if (before?.etag !== listed.etag) {
      return [{ listed, timestamp, readTo: 0 }];
    }
    return before.isComplete
      ? []
      : [{ listed, timestamp, readTo: before.readTo }];
  });
}

async function backlogOf(
  pages: AsyncIterable<ListedObject[]>,
  unread: (objects: ListedObject[]) => Promise<UnreadObject[]>,
): Promise<AccessLogBacklog> {
  const files = { read: 0, total: 0 };
  const bytes = { read: 0, total: 0 };
  for await (const page of pages) {
    for (const { listed } of await unread(page)) {
      files.total++;
      bytes.total += listed.size;
    }
  }
  return { files, bytes };
}

function progressOf(
  object: UnreadObject,
  readTo: number,
  isComplete: boolean,
): AccessLogObject {
  const { listed, timestamp } = object;
  return { key: listed.key, etag: listed.etag, timestamp, readTo, isComplete };
}

function asideLine(
  options: { place: ObjectPlace; object: UnreadObject },
  position: number,
  aside: string,
): AccessLogLine {
  const { listed, timestamp } = options.object;
  return {
    id: `${listed.key} ${listed.etag} ${position} rest`,
    text: '',
    timestamp,
    place: `s3://${options.place.bucket.name}/${listed.key}`,
    aside,
  };
}
