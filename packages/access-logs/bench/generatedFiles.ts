import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FULL_DAY } from './generateLogs';

/** Where benchmarks keep what takes long to generate. */
export const BENCH_FOLDER = resolve(__dirname, '../../../.lattice/bench');

/** Where {@link generatedFiles} are. */
export function generatedFolder(lines: number): string {
  return join(BENCH_FOLDER, `logs-${FULL_DAY.seed}-${lines}`);
}

/** The gzip files of the generated day, the earliest first; kept for the next time. */
export function generatedFiles(lines: number): string[] {
  const folder = generatedFolder(lines);
  if (!existsSync(folder)) {
    process.stderr.write(`Writing ${lines} lines to ${folder}\n`);
    // By a process of its own: benchmarks tell the peak of their memory.
    execFileSync(process.execPath, [
      ...process.execArgv,
      join(__dirname, 'generate.ts'),
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
