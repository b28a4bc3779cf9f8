import type {
  AccessLogBacklog,
  AccessLogObject,
  AccessLogObjects,
} from '../../ports/AccessLogSource';
import type { ListedObject, ObjectLayout } from './ObjectLayout';

/** An object that is to be read, or read on. */
export interface UnreadObject {
  listed: ListedObject;
  /** Milliseconds since the epoch: when it was delivered. */
  timestamp: number;
  /** Bytes of its unpacked text that have been dealt with. */
  readTo: number;
  /** Whether it was begun to be read before. */
  isKnown: boolean;
}

/**
 * Those of listed objects that are the source's and have not been read, or not to their end.
 *
 * @param options - `from`: milliseconds since the epoch. What was delivered before is left out
 */
export async function unreadOf(options: {
  objects: ListedObject[];
  known: AccessLogObjects;
  layout: ObjectLayout;
  from: number;
}): Promise<UnreadObject[]> {
  const { known, layout, from } = options;
  const candidates = options.objects
    .filter(({ key }) => layout.accepts(key))
    .map(listed => ({ listed, timestamp: layout.timeOf(listed) }))
    .filter(({ timestamp }) => timestamp >= from);
  const found = await known.find(candidates.map(({ listed }) => listed.key));
  return candidates.flatMap(({ listed, timestamp }) => {
    const before = found.get(listed.key);
    const isKnown = before?.etag === listed.etag;
    if (isKnown && before.isComplete) {
      return [];
    }
    const readTo = isKnown ? before.readTo : 0;
    return [{ listed, timestamp, readTo, isKnown }];
  });
}

/**
 * What there is to read in pages of objects.
 *
 * @param options - `before`: of the same backlog, as far as it was read earlier. Absent: it is begun
 */
export async function backlogOf(options: {
  pages: AsyncIterable<ListedObject[]>;
  unread: (objects: ListedObject[]) => Promise<UnreadObject[]>;
  before?: AccessLogBacklog;
}): Promise<AccessLogBacklog> {
  const { before } = options;
  const countFrom = (read = 0) => ({ read, total: read });
  const files = countFrom(before?.files.read);
  const bytes = countFrom(before?.bytes.read);
  for await (const page of options.pages) {
    for (const { listed } of await options.unread(page)) {
      files.total++;
      bytes.total += listed.size;
    }
  }
  return { files, bytes };
}

/** How far an object has been read by now. */
export function progressOf(
  object: UnreadObject,
  readTo: number,
  isComplete: boolean,
): AccessLogObject {
  const { listed, timestamp } = object;
  return { key: listed.key, etag: listed.etag, timestamp, readTo, isComplete };
}
