import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { LogBucket } from '../../lattice-node/src/logs/objects/LogBucket';
import type { Listing } from '../../lattice-node/src/logs/objects/ObjectLayout';

/** A folder in the place of a bucket, so that what is measured is not S3. */
export class FolderBucket
  implements Pick<LogBucket, 'name' | 'list' | 'bytes'>
{
  readonly name = 'bench';

  constructor(
    private readonly folder: string,
    private readonly paths: string[],
  ) {}

  async *list({ prefix }: Listing) {
    const keys = this.paths
      .map(path => relative(this.folder, path))
      .filter(key => key.startsWith(prefix));
    yield Promise.all(
      keys.map(async key => {
        const { size, mtimeMs } = await stat(join(this.folder, key));
        return { key, etag: String(size), size, lastModified: mtimeMs };
      }),
    );
  }

  bytes({ key }: { key: string }): AsyncGenerator<Uint8Array> {
    return createReadStream(join(this.folder, key))[Symbol.asyncIterator]();
  }
}
