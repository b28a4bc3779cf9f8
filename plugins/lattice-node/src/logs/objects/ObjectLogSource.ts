import {
  type ColumnsReader,
  readAhead,
  type TextsToKeep,
} from '@lattice-portal/access-logs';
import type {
  AccessLogBacklog,
  AccessLogBatch,
  AccessLogLine,
  AccessLogObjects,
  AccessLogSource,
} from '../../ports/AccessLogSource';
import type { LogBucket } from './LogBucket';
import { type ObjectCursor, parseObjectCursor } from './ObjectCursor';
import type { ListedObject } from './ObjectLayout';
import { type ObjectPlace, pagesOf } from './ObjectPlace';
import { describeSweep, nextPart, sweepFor } from './objectSweep';
import { asideLine, readObject } from './readObject';
import { RefusedObjects } from './RefusedObjects';
import {
  backlogOf,
  progressOf,
  type UnreadObject,
  unreadOf,
} from './UnreadObject';

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

/**
 * Access logs in the objects of an S3 bucket, written by VPC Lattice or by Amazon Data Firehose.
 *
 * @remarks
 * Lists what was delivered since, and reads what isn't known yet, object by object. Objects are known by
 * key and ETag, so listing again the last 3 hours every time, and the last 48 hours once an hour, finds
 * those that came late and no other. Once a day all of the time that objects are remembered of is searched,
 * day by day, for those that came later still. How far an object has been read goes with its lines, so
 * reading goes on within an object. One that S3 refuses is told, and asked for again once an hour, and once a
 * day when it is older; those behind it are read.
 */
export class ObjectLogSource implements AccessLogSource {
  readonly id: string;
  readonly accountId: string;
  readonly region: string;
  readonly #refused = new RefusedObjects();
  /** That is read now, perhaps in several turns. */
  #backlog?: AccessLogBacklog;
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
      unreadOf({
        objects: objects.filter(
          object =>
            !this.#refused.wasRefused(object, { after: now - lateInterval }),
        ),
        known: options.objects,
        layout: place.layout,
        from,
      });
    const pages = () => pagesOf({ place, from, to: now, signal });
    const hasBacklog = now - stored.from > backlogFrom;
    this.#backlog = hasBacklog
      ? await backlogOf({ pages: pages(), unread, before: this.#backlog })
      : undefined;
    for await (const page of pages()) {
      yield* this.#readObjects({
        place,
        objects: await unread(page),
        now,
        backlog: this.#backlog,
        texts,
        signal,
      });
    }
    this.#backlog = undefined;
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
    this.#refused.forgetBefore(keptFrom);
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
          layout: place.layout,
          from: part.from,
        });
        for await (const batch of this.#readObjects({
          place,
          objects,
          now,
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
    now: number;
    backlog?: AccessLogBacklog;
    texts?: TextsToKeep;
    signal?: AbortSignal;
  }): AsyncGenerator<AccessLogBatch> {
    const { place, objects, now, signal, ...others } = options;
    const { bucket, layout } = place;
    const { isInOrder } = layout;
    const { reader } = this.options;
    const bytes = objects.reduce((sum, { listed }) => sum + listed.size, 0);
    const isOneOfMany = bytes >= MANY_BYTES && objects.length > 1;
    const steps = readAhead({
      things: objects,
      count: isOneOfMany ? reader.concurrency : 1,
      read: object => {
        signal?.throwIfAborted();
        const reading = { ...others, reader, bucket, object, signal };
        return readObject({ ...reading, isInOrder, isOneOfMany });
      },
    });
    for await (const step of steps) {
      if ('batch' in step) {
        this.#refused.noteRead();
        yield step.batch;
        continue;
      }
      const { object, error } = step.refusal;
      if (this.#refused.add({ object, error, now })) {
        yield {
          lines: [refusedLine({ bucket, object, error })],
          object: progressOf(object, object.readTo, false),
          backlog: options.backlog,
        };
      }
    }
  }
}

/** An object that S3 refuses, whose lines are missing for now. */
function refusedLine(options: {
  bucket: LogBucket;
  object: UnreadObject;
  error: Error;
}): AccessLogLine {
  const { bucket, object, error } = options;
  const reason = `${error.name}: ${error.message}`;
  return asideLine({
    bucket,
    object,
    part: `${object.readTo} refused`,
    aside: `S3 did not give it, and is asked again by the hour or day (${reason})`,
  });
}

function firstCursor(options: { since: number; now: number }): ObjectCursor {
  const start = Math.floor(options.since);
  const sweptAt = options.now;
  return { start, from: start, lateListedAt: 0, keptFrom: start, sweptAt };
}
