import { createHash } from 'node:crypto';
import type { TableName } from '../schema/tables';

export const HOUR = 3_600_000;

/**
 * How a file came about: `b` a batch, `c` made of all files of its hour, `k` what was kept of an hour past
 * its retention.
 */
export type FileKind = 'b' | 'c' | 'k';

/** A Parquet file, as its key tells. */
export interface RecordFile {
  key: string;
  table: TableName;
  /** Start of the hour, in milliseconds since the epoch. */
  hour: number;
  kind: FileKind;
  /** Tells the file from others of its hour and kind. */
  id: string;
  lines: number;
}

const fileKey =
  /^(calls|connections)\/day=(\d{4}-\d{2}-\d{2})\/(\d{2})-([bck])([0-9a-f]{24})-(\d+)\.parquet$/;

/** Start of the hour that an instant is in. */
export function hourOf(instant: number): number {
  return Math.floor(instant / HOUR) * HOUR;
}

/** The UTC day that an instant is in, such as `2026-11-22`. */
export function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** The UTC days from one instant to another. */
export function daysOf(from: number, to: number): string[] {
  const days: string[] = [];
  for (let hour = hourOf(from); hour < to; hour += 24 * HOUR) {
    days.push(dayOf(hour));
  }
  const last = dayOf(Math.max(from, to - 1));
  if (from < to && days.at(-1) !== last) {
    days.push(last);
  }
  return days;
}

/** The id of a file by what it is made of. */
export function fileId(parts: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify(parts))
    .digest('hex')
    .slice(0, 24);
}

/** Folder of a day's files, with a slash at the end. */
export function dayPrefix(table: TableName, day: string): string {
  return `${table}/day=${day}/`;
}

/** The file with its key. */
export function recordFile(file: Omit<RecordFile, 'key'>): RecordFile {
  const { table, hour, kind, id, lines } = file;
  const iso = new Date(hour).toISOString();
  const key = `${dayPrefix(table, iso.slice(0, 10))}${iso.slice(
    11,
    13,
  )}-${kind}${id}-${lines}.parquet`;
  return { key, table, hour, kind, id, lines };
}

/** What a key tells; `undefined` for a file that is none of ours. */
export function parseFileKey(key: string): RecordFile | undefined {
  const parts = key.match(fileKey);
  if (!parts) {
    return undefined;
  }
  const [, table, day, hour, kind, id, lines] = parts;
  return {
    key,
    table: table as TableName,
    hour: Date.parse(`${day}T${hour}:00:00Z`),
    kind: kind as FileKind,
    id,
    lines: Number(lines),
  };
}

/**
 * Whether a file has no lines: it is there because its hour was told as read. Files with lines say only that
 * something of their hour was.
 */
export function isReadMark(key: string): boolean {
  return key.endsWith('-0.parquet');
}

/** Where it is written what a file replaces. */
export function replacementKey(file: RecordFile): string {
  return `replacements/${file.key.replace(/\.parquet$/, '.json')}`;
}
