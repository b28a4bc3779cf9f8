import { execFileSync } from 'node:child_process';
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  callerOf,
  callKey,
  classify,
  parseAccessLogLine,
} from '@lattice-portal/access-logs';
import { createEmbeddedStore } from '../src/embedded/createEmbeddedStore';
import type { StoredCall } from '../src/types';

const FOLDER = resolve(__dirname, '../../../.lattice/bench');

/** The day that is generated. */
export const DAY = Date.UTC(2026, 10, 22);

/** The embedded store as its defaults make it, over a folder. */
export function openStore(directory: string) {
  return createEmbeddedStore({
    directory,
    memoryLimit: 1024,
    threads: 2,
    processes: 2,
    timeoutSeconds: 120,
  }).store;
}

/** Folder of a store with the generated day, taken in by the store itself; kept for the next time. */
export async function generatedStore(lines: number): Promise<string> {
  const folder = join(FOLDER, `records-${lines}`);
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

/** The gzip files of the generated day, kept for the next time. */
export function generatedFiles(lines: number): string[] {
  const folder = join(FOLDER, `logs-20261122-${lines}`);
  if (!existsSync(folder)) {
    process.stderr.write(`Writing ${lines} lines to ${folder}\n`);
    const logs = require.resolve('@lattice-portal/access-logs/package.json');
    execFileSync(process.execPath, [
      ...process.execArgv,
      join(dirname(logs), 'bench/generate.ts'),
      `${folder}.new`,
      '--lines',
      String(lines),
    ]);
    renameSync(`${folder}.new`, folder);
  }
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.gz'))
    .sort()
    .map(name => join(folder, name));
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
