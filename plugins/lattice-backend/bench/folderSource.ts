import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { ColumnsReader } from '@lattice-portal/access-logs';
import type { AccessLogSubscription } from '@lattice-portal/plugin-lattice-common';
import type { AccessLogSource } from '@lattice-portal/plugin-lattice-node';
import {
  generatedFiles,
  generatedFolder,
} from '../../../packages/access-logs/bench/generatedFiles';
// What reads objects is the package's own affair but for this, where it reads them from a folder.
import type { LogBucket } from '../../lattice-node/src/logs/objects/LogBucket';
import type { Listing } from '../../lattice-node/src/logs/objects/ObjectLayout';
import { ObjectLogSource } from '../../lattice-node/src/logs/objects/ObjectLogSource';
import { VpcLatticeLayout } from '../../lattice-node/src/logs/objects/VpcLatticeLayout';

/** Of a file are read at a time: most are a few times as large. */
const CHUNK_BYTES = 256 * 1024;

/** A folder in the place of a bucket, so that what is measured is not S3. */
class FolderBucket implements Pick<LogBucket, 'name' | 'list' | 'bytes'> {
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
    return createReadStream(join(this.folder, key), {
      highWaterMark: CHUNK_BYTES,
    })[Symbol.asyncIterator]();
  }
}

/** The generated files as the objects of a subscription. */
export function folderSource(options: {
  subscription: AccessLogSubscription;
  lines: number;
  now: () => number;
}): AccessLogSource {
  const { subscription, lines, now } = options;
  const { accountId, region, resourceArn } = subscription;
  const bucket = new FolderBucket(
    generatedFolder(lines),
    generatedFiles(lines),
  );
  const layout = new VpcLatticeLayout({
    prefix: '',
    accountId,
    region,
    resourceId: resourceArn.split('/')[1],
    kind: 'AccessLogs',
  });
  return ObjectLogSource.create({
    id: 'bench',
    accountId,
    region,
    place: async () => ({ bucket: bucket as never, layout }),
    interval: 0,
    lateFor: 0,
    reader: ColumnsReader.create(),
    now,
  });
}
