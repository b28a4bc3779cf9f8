import type { BigIntStats } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { InputError } from '@backstage/errors';
import { type LogSource, logSourceOf } from './LogSource';

/** A file with access logs. */
export interface LogFile {
  path: string;
  /** Tells it from all other files, whatever it is called. */
  id: string;
  source: LogSource;
  bytes: number;
  /** When it was written to last, in nanoseconds since the epoch. */
  writtenAt: bigint;
  /** Whether it is a pipe or the like: it can be read once, from its start to its end. */
  isStream: boolean;
}

/** Something in a folder that may have access logs, but can't be looked at. */
export interface PathProblem {
  file: string;
  problem: string;
}

/** What paths stand for. */
export interface FoundLogFiles {
  files: LogFile[];
  problems: PathProblem[];
}

interface Search {
  found: Map<string, LogFile>;
  problems: PathProblem[];
  except: ReadonlySet<string>;
}

/**
 * Finds the files that paths stand for: files as they are, and all files within folders, whatever their
 * names, except hidden ones. Each file once, also where there are links to it, in the order of the times in
 * their names. What goes away meanwhile is left out.
 *
 * @param options - `except`: ids of files to leave out. `isWaiting`: a path that is not there or can't be
 * read is a problem like those within folders
 * @throws `InputError` for a path that is not there or can't be read
 */
export async function findLogFiles(
  paths: readonly string[],
  options: { except?: ReadonlySet<string>; isWaiting?: boolean } = {},
): Promise<FoundLogFiles> {
  const { except = new Set(), isWaiting = false } = options;
  const search: Search = { found: new Map(), problems: [], except };
  for (const path of paths) {
    try {
      await collect(resolve(path), search);
    } catch (error) {
      if (!isWaiting) {
        throw new InputError(
          `Can't read ${path}: ${
            (error as Error).message
          }. Give files or folders with access logs.`,
        );
      }
      const problem =
        codeOf(error) === 'ENOENT' ? 'is not there any more' : whyOf(error);
      search.problems.push({ file: resolve(path), problem });
    }
  }
  const files = [...search.found.values()].sort(
    (one, other) =>
      compare(one.source.stamp, other.source.stamp) ||
      compare(one.path, other.path),
  );
  return { files, problems: search.problems };
}

/** As {@link LogFile.id}. Undefined: there is no such file. */
export async function fileIdOf(path: string): Promise<string | undefined> {
  try {
    return idOf(path, await stat(path, { bigint: true }));
  } catch {
    return undefined;
  }
}

async function collect(path: string, search: Search): Promise<void> {
  const stats = await stat(path, { bigint: true });
  if (stats.isDirectory()) {
    await collectFolder(path, search);
  } else {
    add(path, stats, search);
  }
}

async function collectFolder(path: string, search: Search): Promise<void> {
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) {
      continue;
    }
    const inner = join(path, entry.name);
    try {
      if (entry.isDirectory()) {
        await collectFolder(inner, search);
      } else if (entry.isFile() || entry.isSymbolicLink()) {
        await collectFile(inner, search);
      }
    } catch (error) {
      await addProblem(inner, error, search);
    }
  }
}

/** Links to folders are not followed: they may lead in circles. */
async function collectFile(path: string, search: Search): Promise<void> {
  const stats = await stat(path, { bigint: true });
  if (stats.isFile()) {
    add(path, stats, search);
  }
}

function add(path: string, stats: BigIntStats, search: Search): void {
  const id = idOf(path, stats);
  if (!search.found.has(id) && !search.except.has(id)) {
    search.found.set(id, {
      path,
      id,
      source: logSourceOf(path),
      bytes: Number(stats.size),
      writtenAt: stats.mtimeNs,
      isStream: !stats.isFile(),
    });
  }
}

async function addProblem(
  file: string,
  error: unknown,
  { problems }: Search,
): Promise<void> {
  if (codeOf(error) !== 'ENOENT') {
    problems.push({ file, problem: whyOf(error) });
    return;
  }
  const link = await lstat(file).catch(() => undefined);
  if (link?.isSymbolicLink()) {
    problems.push({ file, problem: 'is a link to what is not there' });
  }
}

/** The number of a file is given to another when it is gone: that one came about later. */
function idOf(path: string, { dev, ino, birthtimeNs }: BigIntStats): string {
  // Some file systems don't number files.
  return ino === 0n ? resolve(path) : `${dev} ${ino} ${birthtimeNs}`;
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

function whyOf(error: unknown): string {
  return `can't be read: ${(error as Error).message}`;
}

function compare(one: string, other: string): number {
  if (one === other) {
    return 0;
  }
  return one < other ? -1 : 1;
}
