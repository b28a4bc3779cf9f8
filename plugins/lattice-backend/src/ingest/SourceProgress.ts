import type { AccessLogBacklog } from '@lattice-portal/plugin-lattice-node';

const minute = 60 * 1000;
/** Reading that is less far behind is just what delivery takes. */
export const BEHIND_FROM = 15 * minute;

/** How the reading of a backlog goes, at a moment. */
export interface SourceProgress {
  /** Milliseconds since the epoch. */
  at: number;
  linesPerSecond: number;
  /** Absent: can't be said yet. */
  secondsLeft?: number;
  /** Absent: the source has no files. */
  files?: { read: number; total: number };
  /** As they are stored, packed. */
  bytes?: { read: number; total: number };
}

/** Measures how fast a source is read, from where reading was taken up. */
export class ProgressMeter {
  readonly #startedAt: number;
  readonly #readFrom: number;
  #lines = 0;
  /** Of a backlog, bytes that earlier turns have read. */
  #readBefore?: number;

  /** @param options - all in milliseconds since the epoch. `readFrom`: how far it had been read */
  constructor(options: { startedAt: number; readFrom: number }) {
    this.#startedAt = options.startedAt;
    this.#readFrom = options.readFrom;
  }

  /**
   * Counts lines in.
   *
   * @param options - `readUntil`: how far it has been read now
   * @returns absent: there is no backlog
   */
  add(options: {
    now: number;
    lines: number;
    readUntil?: number;
    backlog?: AccessLogBacklog;
  }): SourceProgress | undefined {
    const { now, lines, readUntil = this.#readFrom, backlog } = options;
    this.#lines += lines;
    if (!backlog && now - readUntil < BEHIND_FROM) {
      return undefined;
    }
    const seconds = Math.max((now - this.#startedAt) / 1000, 0.001);
    if (backlog) {
      this.#readBefore ??= backlog.bytes.read;
    }
    const [read, left] = backlog
      ? [
          backlog.bytes.read - (this.#readBefore ?? 0),
          backlog.bytes.total - backlog.bytes.read,
        ]
      : [readUntil - this.#readFrom, now - readUntil];
    return {
      at: now,
      linesPerSecond: Math.round(this.#lines / seconds),
      secondsLeft:
        read > 0 ? Math.round((Math.max(left, 0) / read) * seconds) : undefined,
      files: backlog && countOf(backlog.files),
      bytes: backlog && countOf(backlog.bytes),
    };
  }
}

/** More may have come since there was counted. */
function countOf({ read, total }: { read: number; total: number }) {
  return { read, total: Math.max(read, total) };
}
