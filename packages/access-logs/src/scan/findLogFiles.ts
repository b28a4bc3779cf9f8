import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { InputError } from '@backstage/errors';
import { type LogSource, logSourceOf } from './LogSource';

/** A file with access logs. */
export interface LogFile {
  path: string;
  source: LogSource;
  bytes: number;
}

/**
 * Finds the files that paths stand for: files as they are, and all files within folders, whatever their
 * names, except hidden ones. Each file once, in the order of the times in their names.
 *
 * @throws `InputError` for a path that is not there or can't be read
 */
export async function findLogFiles(
  paths: readonly string[],
): Promise<LogFile[]> {
  const found = new Map<string, LogFile>();
  for (const path of paths) {
    await collect(resolve(path), found);
  }
  return [...found.values()].sort(
    (one, other) =>
      compare(one.source.stamp, other.source.stamp) ||
      compare(one.path, other.path),
  );
}

async function collect(
  path: string,
  found: Map<string, LogFile>,
): Promise<void> {
  try {
    const stats = await stat(path);
    if (!stats.isDirectory()) {
      found.set(path, { path, source: logSourceOf(path), bytes: stats.size });
      return;
    }
    for (const entry of await readdir(path, { withFileTypes: true })) {
      if (!entry.name.startsWith('.')) {
        const inner = join(path, entry.name);
        if (entry.isDirectory()) {
          await collect(inner, found);
        } else if (entry.isFile() || entry.isSymbolicLink()) {
          await collectFile(inner, found);
        }
      }
    }
  } catch (error) {
    if (error instanceof InputError) {
      throw error;
    }
    throw new InputError(
      `Can't read ${path}: ${
        (error as Error).message
      }. Give files or folders with access logs.`,
    );
  }
}

/** Links to folders are not followed: they may lead in circles. */
async function collectFile(
  path: string,
  found: Map<string, LogFile>,
): Promise<void> {
  const stats = await stat(path);
  if (stats.isFile()) {
    found.set(path, { path, source: logSourceOf(path), bytes: stats.size });
  }
}

function compare(one: string, other: string): number {
  if (one === other) {
    return 0;
  }
  return one < other ? -1 : 1;
}
