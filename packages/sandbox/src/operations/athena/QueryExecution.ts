import type { QueryRows } from '../../athena/QueryRunner';

/** A query that was started, with its answer once there is one. */
export interface QueryExecution {
  id: string;
  accountId: string;
  region: string;
  query: string;
  parameters?: string[];
  workGroup: string;
  database?: string;
  /** `s3://…` of the file with the answer. */
  outputLocation: string;
  state: 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  reason?: string;
  error?: { category: number; type: number; message: string };
  submittedAt: Date;
  completedAt?: Date;
  /** Bytes of all files that it read. */
  bytesScanned: number;
  result?: QueryRows;
  /** Ends it while it runs. */
  stop?: () => void;
}
