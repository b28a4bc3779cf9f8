import type { LogBucket } from './LogBucket';
import type { ListedObject, ObjectLayout } from './ObjectLayout';

/** Where a source's objects are, found out when it is read. */
export interface ObjectPlace {
  bucket: LogBucket;
  layout: ObjectLayout;
}

/** Pages of what was delivered from `from` to `to` (milliseconds since the epoch), perhaps more. */
export async function* pagesOf(options: {
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
