import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AthenaClient } from '@aws-sdk/client-athena';
import type { S3Client } from '@aws-sdk/client-s3';
import type { AccessLogStore } from '../AccessLogStore';
import { childSettings } from '../embedded/childSettings';
import { DuckDbPool } from '../embedded/DuckDbPool';
import { ParquetWriter } from '../embedded/ParquetWriter';
import { RecordFiles } from '../files/RecordFiles';
import { ParquetAccessLogStore } from '../store/ParquetAccessLogStore';
import type { StoreGap } from '../types';
import { AthenaEngine } from './AthenaEngine';
import { projectionGapsOf } from './projectionGapsOf';
import { S3Folder } from './S3Folder';
import { trinoDialect } from './trinoDialect';

/** Where the distributed store keeps its files, and who answers. */
export interface AthenaStoreOptions {
  s3: S3Client;
  athena: AthenaClient;
  bucket: string;
  /** What keys begin with: empty, or with a slash at its end. */
  prefix: string;
  database: string;
  workGroup: string;
  /** First day that the tables have, as yyyy-MM-dd in UTC. */
  firstDay: string;
  /** What DuckDB aims at while it makes files, in megabytes. */
  memoryLimit: number;
  threads: number;
  /** Files made at the same time; more wait. */
  processes: number;
  /** Seconds that a question may take. */
  timeoutSeconds: number;
  sourceGaps?: (span: { from: number; to: number }) => Promise<StoreGap[]>;
  now?: () => number;
}

/** A store in S3, asked through Amazon Athena. DuckDB makes its files on this machine. */
export function createAthenaStore(options: AthenaStoreOptions): AccessLogStore {
  const { timeoutSeconds, processes, database, workGroup, firstDay } = options;
  const { sourceGaps = async () => [], now = Date.now } = options;
  const folder = new S3Folder({ ...options, client: options.s3 });
  const scratch = join(tmpdir(), `lattice-access-log-store-${process.pid}`);
  const pool = new DuckDbPool({
    settings: childSettings({ ...options, folder: scratch, scratch }),
    size: processes,
  });
  const engine = new AthenaEngine({
    client: options.athena,
    workGroup,
    database,
    dialect: trinoDialect({ locationOf: key => folder.locationOf(key) }),
  });
  return ParquetAccessLogStore.create({
    files: new RecordFiles(folder),
    writer: new ParquetWriter({ pool, scratch }),
    engine,
    sourceGaps: async span => [
      ...projectionGapsOf({ database, firstDay, span, now: now() }),
      ...(await sourceGaps(span)),
    ],
    timeout: timeoutSeconds * 1000,
    grace: 2 * timeoutSeconds * 1000,
    now,
    onClose: async () => {
      await pool.close();
      options.s3.destroy();
    },
  });
}
