import { createHash, randomUUID } from 'crypto';
import { promises as fs } from 'fs';
import { dirname, join } from 'path';

/** What is known of an object without its content. @public */
export interface ObjectSummary {
  key: string;
  /** Bytes. */
  size: number;
  lastModified: Date;
  /** MD5 of the content in hex, without the quotes S3 puts around it. */
  etag: string;
}

/**
 * The content of S3 buckets: one file per object below a directory, or only in memory when no
 * directory is given. Which buckets there are, and whose, is part of the estate.
 *
 * @public
 */
export class ObjectStore {
  static async open(options: { directory?: string }): Promise<ObjectStore> {
    const store = new ObjectStore(options.directory);
    if (options.directory) {
      await fs.mkdir(options.directory, { recursive: true });
      for (const bucket of await fs.readdir(options.directory)) {
        await store.#load(decodeURIComponent(bucket));
      }
    }
    return store;
  }

  readonly #buckets = new Map<string, Map<string, ObjectSummary>>();
  readonly #memory = new Map<string, Buffer>();

  private constructor(private readonly directory: string | undefined) {}

  /** Writes an object, whole or not at all. Replaces one of the same key. */
  async put(options: {
    bucket: string;
    key: string;
    body: Buffer;
  }): Promise<ObjectSummary> {
    const { bucket, key, body } = options;
    if (this.directory) {
      const path = this.#path(bucket, key);
      const temporary = `${path}.${randomUUID()}`;
      await fs.mkdir(dirname(path), { recursive: true });
      await fs.writeFile(temporary, body);
      await fs.rename(temporary, path);
    } else {
      this.#memory.set(`${bucket}/${key}`, body);
    }
    const summary = {
      key,
      size: body.length,
      lastModified: new Date(),
      etag: md5(body),
    };
    this.#index(bucket).set(key, summary);
    return summary;
  }

  /** The object, or undefined when there is none of that key. */
  async get(options: {
    bucket: string;
    key: string;
  }): Promise<(ObjectSummary & { body: Buffer }) | undefined> {
    const { bucket, key } = options;
    const summary = this.#buckets.get(bucket)?.get(key);
    if (!summary) {
      return undefined;
    }
    const body = this.directory
      ? await fs.readFile(this.#path(bucket, key))
      : this.#memory.get(`${bucket}/${key}`)!;
    return { ...summary, etag: md5(body), body };
  }

  async delete(options: { bucket: string; key: string }): Promise<void> {
    const { bucket, key } = options;
    if (this.#buckets.get(bucket)?.delete(key)) {
      this.#memory.delete(`${bucket}/${key}`);
      if (this.directory) {
        await fs.rm(this.#path(bucket, key), { force: true });
      }
    }
  }

  /** Objects in the order of their keys (UTF-8 binary order, as S3 lists them). */
  async list(options: {
    bucket: string;
    prefix?: string;
    /** Only keys after this one. */
    startAfter?: string;
    maxKeys?: number;
  }): Promise<{ objects: ObjectSummary[]; isTruncated: boolean }> {
    const { bucket, prefix = '', startAfter = '', maxKeys = 1000 } = options;
    const index = this.#index(bucket);
    const keys = [...index.keys()]
      .filter(key => key.startsWith(prefix))
      .sort(compareKeys);
    const rest = keys.filter(
      key => !startAfter || compareKeys(key, startAfter) > 0,
    );
    const objects: ObjectSummary[] = [];
    for (const key of rest.slice(0, maxKeys)) {
      const summary = index.get(key)!;
      if (!summary.etag) {
        // Found on disk at start: its checksum is computed when first asked for.
        summary.etag = (await this.get({ bucket, key }))!.etag;
      }
      objects.push(summary);
    }
    return { objects, isTruncated: rest.length > objects.length };
  }

  #index(bucket: string): Map<string, ObjectSummary> {
    let index = this.#buckets.get(bucket);
    if (!index) {
      index = new Map();
      this.#buckets.set(bucket, index);
    }
    return index;
  }

  async #load(bucket: string): Promise<void> {
    const root = join(this.directory!, encodeURIComponent(bucket));
    const entries = await fs.readdir(root, {
      recursive: true,
      withFileTypes: true,
    });
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name);
      if (!entry.isFile()) {
        continue;
      }
      if (entry.name.includes('.')) {
        // Left by a write that a crash cut off: names made by fileName() hold no dot.
        await fs.rm(path, { force: true });
        continue;
      }
      const key = path
        .slice(root.length + 1)
        .split('/')
        .map(part => decodeURIComponent(part.slice(1)))
        .join('/');
      const { size, mtime } = await fs.stat(path);
      this.#index(bucket).set(key, {
        key,
        size,
        lastModified: mtime,
        etag: '',
      });
    }
  }

  #path(bucket: string, key: string): string {
    return join(this.directory!, encodeURIComponent(bucket), ...fileNames(key));
  }
}

/** `+` marks folders and `=` files, so that the keys `a` and `a/b` can both be there. */
function fileNames(key: string): string[] {
  const parts = key
    .split('/')
    .map(part => encodeURIComponent(part).replaceAll('.', '%2E'));
  return parts.map((part, index) =>
    index === parts.length - 1 ? `=${part}` : `+${part}`,
  );
}

function compareKeys(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function md5(body: Buffer): string {
  return createHash('md5').update(body).digest('hex');
}
