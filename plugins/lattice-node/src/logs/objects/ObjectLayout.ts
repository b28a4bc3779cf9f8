/** An object as S3 lists it. */
export interface ListedObject {
  key: string;
  etag: string;
  /** Bytes. */
  size: number;
  /** Milliseconds since the epoch. */
  lastModified: number;
}

/** What to ask S3 for. */
export interface Listing {
  prefix: string;
  /** Only keys behind this one. */
  startAfter?: string;
}

/** How the keys of a source's objects are made. */
export interface ObjectLayout {
  /** Whether listings have objects in the order of their delivery: with one, all before it are known. */
  readonly isInOrder: boolean;
  /** Listings that have all objects delivered from `from` to `to` (milliseconds since the epoch), perhaps more. */
  listings(options: { from: number; to: number }): Listing[];
  /** Whether an object of a listing is one of the source's. */
  accepts(key: string): boolean;
  /** When an object was delivered, in milliseconds since the epoch. */
  timeOf(object: ListedObject): number;
}
