import { execFile } from 'node:child_process';
import { promises as fs } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import {
  type AccessLogRecord,
  callerOf,
  callKey,
  classify,
  parseAccessLogLine,
} from '@lattice-portal/access-logs';
import type { StoredCall } from '../types';

/** A day of calls from the generator of the benchmarks: the same for the same seed. */
export async function generatedCalls(options: {
  lines: number;
  seed: number;
}): Promise<StoredCall[]> {
  const folder = await fs.mkdtemp(join(tmpdir(), 'generated-'));
  try {
    await promisify(execFile)(process.execPath, [
      '--require',
      require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
      join(
        dirname(require.resolve('@lattice-portal/access-logs/package.json')),
        'bench/generate.ts',
      ),
      folder,
      '--lines',
      String(options.lines),
      '--seed',
      String(options.seed),
    ]);
    const entries = await fs.readdir(folder, {
      recursive: true,
      withFileTypes: true,
    });
    const paths = entries
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .sort();
    const calls: StoredCall[] = [];
    for (const path of paths) {
      const text = await promisify(gunzip)(await fs.readFile(path));
      for (const line of text.toString().trim().split('\n')) {
        const parsed = parseAccessLogLine(line);
        if (!parsed.ok || parsed.kind !== 'service') {
          throw new Error(`Not a record: ${line}`);
        }
        calls.push(storedCall(parsed.record));
      }
    }
    return calls;
  } finally {
    await fs.rm(folder, { recursive: true });
  }
}

/** A record as ingest hands it over. */
export function storedCall(
  record: AccessLogRecord,
  { source = 'network-log', twin = false } = {},
): StoredCall {
  return {
    key: callKey(record),
    source,
    twin,
    record,
    caller: callerOf(record),
    outcome: classify(record),
  };
}

/** A record that has only what is given. */
export function storedCallOf(fields: Partial<AccessLogRecord>): StoredCall {
  const timestamp = fields.timestamp ?? Date.UTC(2026, 10, 22, 10);
  return storedCall({
    serviceArn: 'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-1',
    other: {},
    ...fields,
    timestamp,
    startTime: new Date(timestamp).toISOString(),
  });
}
