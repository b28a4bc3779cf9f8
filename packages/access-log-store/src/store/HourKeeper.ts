import { promises as fs } from 'node:fs';
import type { ParquetWriter } from '../embedded/ParquetWriter';
import { HOUR } from '../files/layout';
import type { HourFiles, RecordFiles } from '../files/RecordFiles';
import { type TableName, tables } from '../schema/tables';
import { inScope } from '../sql/scope';
import { join, type Sql } from '../sql/Sql';
import type { CallScope } from '../types';

const tableNames = Object.keys(tables) as TableName[];

/** Compacts hours and deletes them. For one process at a time. */
export class HourKeeper {
  readonly #files: RecordFiles;
  readonly #writer: ParquetWriter;
  readonly #grace: number;
  readonly #now: () => number;

  constructor(options: {
    files: RecordFiles;
    writer: ParquetWriter;
    grace: number;
    now: () => number;
  }) {
    this.#files = options.files;
    this.#writer = options.writer;
    this.#grace = options.grace;
    this.#now = options.now;
  }

  async compact(options: {
    before: number;
    signal?: AbortSignal;
  }): Promise<{ hours: number }> {
    const { before, signal } = options;
    await this.#writer.clean(this.#now());
    let hours = 0;
    for (const table of tableNames) {
      for await (const hour of this.#hoursBefore(table, before)) {
        signal?.throwIfAborted();
        await this.#files.removeReplaced(hour, this.#now() - this.#grace);
        if (hour.files.length > 1) {
          await this.#compactHour(hour, signal);
          hours++;
        }
      }
    }
    return { hours };
  }

  async deleteBefore(options: {
    before: number;
    keep: readonly CallScope[];
    signal?: AbortSignal;
  }): Promise<{ lines: number; kept: number }> {
    const { before, keep, signal } = options;
    let lines = 0;
    let kept = 0;
    for (const table of tableNames) {
      for await (const hour of this.#hoursBefore(table, before)) {
        signal?.throwIfAborted();
        const all = linesOf(hour);
        const left = await this.#thin(hour, wantedOf(hour, keep), signal);
        lines += all - left;
        kept += left;
      }
    }
    return { lines, kept };
  }

  async #compactHour(hour: HourFiles, signal?: AbortSignal): Promise<void> {
    const { file, lines } = await this.#merge(hour, { signal });
    try {
      if (lines !== linesOf(hour)) {
        throw new Error(
          `The files of the hour ${new Date(
            hour.hour,
          ).toISOString()} hold ${lines} lines, and their names say ${linesOf(
            hour,
          )}: they were changed by hand. They stay as they are.`,
        );
      }
      const isThinned = hour.files.some(({ kind }) => kind === 'k');
      await this.#files.replace({
        hour,
        kind: isThinned ? 'k' : 'c',
        lines,
        path: file,
        now: this.#now(),
      });
    } finally {
      await fs.rm(file, { force: true });
    }
  }

  /** @returns the lines that are left */
  async #thin(
    hour: HourFiles,
    where: Sql | undefined,
    signal?: AbortSignal,
  ): Promise<number> {
    if (!where || linesOf(hour) === 0) {
      await this.#files.removeHour(hour);
      return 0;
    }
    const { file, lines } = await this.#merge(hour, { where, signal });
    try {
      if (lines === 0) {
        await this.#files.removeHour(hour);
      } else if (lines < linesOf(hour)) {
        await this.#files.replace({
          hour,
          kind: 'k',
          lines,
          path: file,
          now: this.#now(),
        });
      }
      return lines;
    } finally {
      await fs.rm(file, { force: true });
    }
  }

  async #merge(
    hour: HourFiles,
    options: { where?: Sql; signal?: AbortSignal },
  ): Promise<{ file: string; lines: number }> {
    const { files } = hour;
    const { scratch } = this.#writer;
    return this.#files.withLocalFiles({ files, scratch }, paths =>
      this.#writer.merge({ table: files[0].table, paths, ...options }),
    );
  }

  async *#hoursBefore(
    table: TableName,
    before: number,
  ): AsyncGenerator<HourFiles> {
    const first = await this.#files.firstDay(table);
    if (first === undefined || first >= before) {
      return;
    }
    const hours = await this.#files.hours({ table, from: first, to: before });
    for (const hour of hours) {
      if (hour.hour + HOUR <= before && hour.files.length > 0) {
        yield hour;
      }
    }
  }
}

function linesOf({ files }: HourFiles): number {
  return files.reduce((sum, { lines }) => sum + lines, 0);
}

/** Which records of an hour to keep. Absent: none. */
function wantedOf(
  { hour, files }: HourFiles,
  keep: readonly CallScope[],
): Sql | undefined {
  const scopes = keep.filter(({ from, to }) => from < hour + HOUR && to > hour);
  return files[0].table === 'calls' && scopes.length > 0
    ? join(scopes.map(inScope), ' OR ')
    : undefined;
}
