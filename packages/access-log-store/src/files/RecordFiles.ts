import { z } from 'zod';
import type { TableName } from '../schema/tables';
import type { FileSnapshot } from './FileSnapshot';
import {
  dayPrefix,
  daysOf,
  fileId,
  hourOf,
  isReadMark,
  parseFileKey,
  type RecordFile,
  recordFile,
  replacementKey,
} from './layout';
import type { ObjectFolder } from './ObjectFolder';
import { type Replacement, resolveReplaced } from './resolveReplaced';

const replacementSchema = z.object({
  replaces: z.array(z.string()),
  madeAt: z.number(),
});

/** The files of an hour. */
export interface HourFiles {
  hour: number;
  /** Those that count. */
  files: RecordFile[];
  /** Those that others stand for, and that are still there. */
  replaced: RecordFile[];
  /** What was replaced, now or earlier, by key of the file that stands for it. */
  replacements: ReadonlyMap<string, Replacement>;
}

/**
 * Which Parquet files there are, and which of them count.
 *
 * @remarks
 * No file is ever changed. A file that stands for others appears at once and whole, after the note of what
 * it replaces; from then on the others don't count, and are removed later, when nobody reads them any more.
 */
export class RecordFiles {
  readonly #folder: ObjectFolder;
  /** Notes of what is replaced never change. */
  readonly #notes = new Map<string, Replacement>();

  constructor(folder: ObjectFolder) {
    this.#folder = folder;
  }

  /** The files of all hours that have a part in the time. */
  async snapshot(options: {
    table: TableName;
    from: number;
    to: number;
  }): Promise<FileSnapshot> {
    const { table } = options;
    const { hours, hidden, days } = await this.#read(options);
    return {
      table,
      days,
      files: hours.flatMap(({ files }) => files),
      hoursRead: new Set(hours.filter(wasRead).map(({ hour }) => hour)),
      hidden: [
        ...hidden,
        ...hours.flatMap(({ replaced }) => replaced.map(({ key }) => key)),
      ].sort(),
    };
  }

  /** The files of a table, by the hour, oldest first. */
  async hours(options: {
    table: TableName;
    from: number;
    to: number;
  }): Promise<HourFiles[]> {
    return (await this.#read(options)).hours;
  }

  /** The oldest day of a table with files, as its start in milliseconds since the epoch. */
  async firstDay(table: TableName): Promise<number | undefined> {
    let first: string | undefined;
    for (const key of await this.#folder.list(`${table}/`)) {
      const day = key.match(/\/day=(\d{4}-\d{2}-\d{2})\//)?.[1];
      if (day && (first === undefined || day < first)) {
        first = day;
      }
    }
    return first === undefined ? undefined : Date.parse(`${first}T00:00:00Z`);
  }

  /**
   * Whether a batch was written for an hour, also if its file was replaced since.
   *
   * @param options - `isMark`: whether its mark is asked for, and not its lines
   */
  async hasBatch(options: {
    table: TableName;
    hour: number;
    batchId: string;
    isMark: boolean;
  }): Promise<boolean> {
    const { table, hour, batchId, isMark } = options;
    const id = fileId([batchId]);
    const isBatch = (file: RecordFile | undefined) =>
      file?.kind === 'b' &&
      file.id === id &&
      file.hour === hour &&
      isReadMark(file.key) === isMark;
    for (const key of await this.#listDay(table, hour)) {
      const file = parseFileKey(key);
      if (!file || file.hour !== hour) {
        continue;
      }
      const note = await this.#noteOf(file);
      if (isBatch(file) || note?.replaces.map(parseFileKey).some(isBatch)) {
        return true;
      }
    }
    return false;
  }

  /** Takes in the file of a batch. */
  async add(options: {
    table: TableName;
    hour: number;
    batchId: string;
    lines: number;
    /** Where the file is now. */
    path: string;
  }): Promise<void> {
    const { table, hour, batchId, lines, path } = options;
    const file = recordFile({
      table,
      hour,
      kind: 'b',
      id: fileId([batchId]),
      lines,
    });
    await this.#folder.take({ key: file.key, file: path });
  }

  /** Puts a file in the place of those of an hour that count. */
  async replace(options: {
    hour: HourFiles;
    kind: 'c' | 'k';
    lines: number;
    path: string;
    now: number;
  }): Promise<void> {
    const { hour, kind, lines, path, now } = options;
    const replaces = [
      ...new Set([
        ...hour.files.map(({ key }) => key),
        ...hour.replaced.map(({ key }) => key),
        ...[...hour.replacements.values()].flatMap(note => note.replaces),
      ]),
    ].sort();
    const file = recordFile({
      table: hour.files[0].table,
      hour: hour.hour,
      kind,
      id: fileId([kind, String(lines), ...replaces]),
      lines,
    });
    const note: Replacement = { replaces, madeAt: now };
    await this.#folder.writeText(replacementKey(file), JSON.stringify(note));
    await this.#folder.take({ key: file.key, file: path });
  }

  /** Removes files that were replaced before an instant. */
  async removeReplaced(hour: HourFiles, before: number): Promise<void> {
    const isOld = [...hour.replacements.values()].every(
      ({ madeAt }) => madeAt < before,
    );
    if (isOld && hour.replaced.length > 0) {
      await this.#folder.remove(hour.replaced.map(({ key }) => key));
    }
  }

  /** Removes an hour. What was replaced goes first, so that it never counts again. */
  async removeHour(hour: HourFiles): Promise<void> {
    const { files, replaced } = hour;
    await this.#folder.remove(replaced.map(({ key }) => key));
    await this.#folder.remove(files.map(({ key }) => key));
    await this.#folder.remove([...files, ...replaced].map(replacementKey));
  }

  /** Runs something with files of an hour on this machine. */
  async withLocalFiles<T>(
    options: { files: readonly RecordFile[]; scratch: string },
    use: (paths: string[]) => Promise<T>,
  ): Promise<T> {
    const { files, scratch } = options;
    return this.#folder.withLocalFiles(
      { keys: files.map(({ key }) => key), scratch },
      use,
    );
  }

  async #read(options: {
    table: TableName;
    from: number;
    to: number;
  }): Promise<{ hours: HourFiles[]; hidden: string[]; days: string[] }> {
    const { table, from, to } = options;
    const days = daysOf(from, to);
    const byHour = new Map<number, RecordFile[]>();
    const hidden: string[] = [];
    const first = hourOf(from);
    for (const keys of await Promise.all(
      days.map(day => this.#folder.list(dayPrefix(table, day))),
    )) {
      for (const key of keys) {
        const file = parseFileKey(key);
        if (!file) {
          hidden.push(key);
        } else if (file.hour >= first && file.hour < to) {
          byHour.set(file.hour, [...(byHour.get(file.hour) ?? []), file]);
        }
      }
    }
    const hours = await Promise.all(
      [...byHour].map(([hour, files]) => this.#resolve(hour, files)),
    );
    return { hours: hours.sort((a, b) => a.hour - b.hour), hidden, days };
  }

  async #resolve(hour: number, all: RecordFile[]): Promise<HourFiles> {
    const notes = await Promise.all(
      all.map(async file => [file.key, await this.#noteOf(file)] as const),
    );
    const replacements = new Map(
      notes.filter(
        (entry): entry is [string, Replacement] => entry[1] !== undefined,
      ),
    );
    const replaced = resolveReplaced(all, replacements);
    return {
      hour,
      files: all.filter(({ key }) => !replaced.has(key)),
      replaced: all.filter(({ key }) => replaced.has(key)),
      replacements,
    };
  }

  async #listDay(table: TableName, hour: number): Promise<string[]> {
    const [day] = daysOf(hour, hour + 1);
    return this.#folder.list(dayPrefix(table, day));
  }

  async #noteOf(file: RecordFile): Promise<Replacement | undefined> {
    if (file.kind === 'b') {
      return undefined;
    }
    const known = this.#notes.get(file.key);
    if (known) {
      return known;
    }
    const text = await this.#folder.readText(replacementKey(file));
    if (text === undefined) {
      throw new Error(
        `The store lacks ${replacementKey(file)}, which says what ${
          file.key
        } stands for. Put it back from a backup; without it records might be counted twice.`,
      );
    }
    const note = replacementSchema.parse(JSON.parse(text));
    this.#notes.set(file.key, note);
    return note;
  }
}

/** Whether an hour was told as read, however often its files were replaced since. */
function wasRead({ files, replaced, replacements }: HourFiles): boolean {
  return (
    [...files, ...replaced].some(({ key }) => isReadMark(key)) ||
    [...replacements.values()].some(({ replaces }) => replaces.some(isReadMark))
  );
}
