import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  callerOf,
  callKey,
  classify,
  parseAccessLogLine,
} from '@lattice-portal/access-logs';
import {
  BENCH_FOLDER,
  generatedFiles,
} from '../../access-logs/bench/generatedFiles';
import { DAY } from '../../access-logs/bench/generateLogs';
import { createEmbeddedStore } from '../src/embedded/createEmbeddedStore';
import type { StoredCall } from '../src/types';

/** The embedded store as its defaults make it, over a folder. */
export function openStore(directory: string) {
  return createEmbeddedStore({
    directory,
    memoryLimit: 512,
    threads: 2,
    processes: 2,
    timeoutSeconds: 120,
  }).store;
}

/** Folder of a store with the generated day, taken in by the store itself; kept for the next time. */
export async function generatedStore(lines: number): Promise<string> {
  const folder = join(BENCH_FOLDER, `records-${lines}`);
  if (existsSync(folder)) {
    return folder;
  }
  const files = generatedFiles(lines);
  process.stderr.write(`Writing ${lines} records to ${folder}\n`);
  rmSync(`${folder}.new`, { recursive: true, force: true });
  const store = openStore(`${folder}.new`);
  for (const path of files) {
    await store.append({ id: basename(path), calls: callsIn(path) });
  }
  await store.compact({ before: DAY + 86_400_000 });
  await store.close();
  renameSync(`${folder}.new`, folder);
  return folder;
}

function callsIn(path: string): StoredCall[] {
  const text = gunzipSync(readFileSync(path)).toString();
  return text
    .trim()
    .split('\n')
    .map(line => {
      const parsed = parseAccessLogLine(line);
      if (!parsed.ok || parsed.kind !== 'service') {
        throw new Error(`Not a record: ${line}`);
      }
      const { record } = parsed;
      return {
        key: callKey(record),
        source: 'network-log',
        twin: false,
        record,
        caller: callerOf(record),
        outcome: classify(record),
      };
    });
}
