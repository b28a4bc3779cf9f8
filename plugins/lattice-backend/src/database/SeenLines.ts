import type { Knex } from 'knex';
import type { SeenLine } from '../ingest/sortOut';
import type { Lease } from './Lease';
import {
  type PackedLine,
  packedKey,
  packSeenLines,
  unpackSeenLines,
} from './packSeenLines';
import { forValues, piecesOf } from './sql';

const TABLE = 'log_seen_segments';
const HOUR = 60 * 60 * 1000;
/** Rows of one statement. */
const ROWS = 100;
/** Of all hours in memory: about 200 megabytes. */
const DEFAULT_MAX_LINES = 1_000_000;

/** What tells of a call, and when that was: the same for every line that tells of it. */
export interface LineOfCall {
  key: string;
  /** Milliseconds since the epoch. */
  timestamp: number;
}

interface Hour {
  /** By packed key. */
  seen: Map<string, SeenLine[]>;
  lines: number;
}

/**
 * Knows which lines were taken in.
 *
 * @remarks
 * In the database they are packed, a row for each transaction, source and hour of their calls; the hours
 * that lines are of lately are in memory too. Memory is only right for as long as no other process takes
 * lines in, which the lease tells. Two lines of one call have the same time, so they are in the same hour.
 */
export class SeenLines {
  /** By the hour's start, in the order of use. */
  readonly #hours = new Map<number, Hour>();
  readonly #maxLines: number;
  #lease?: Lease;

  constructor(options: { maxLines?: number } = {}) {
    this.#maxLines = options.maxLines ?? DEFAULT_MAX_LINES;
  }

  /**
   * Where the calls of lines were seen before, by their key; those that never were are left out.
   *
   * @param options - `lease`: held in the transaction
   */
  async find(options: {
    transaction: Knex;
    lease: Lease;
    lines: readonly LineOfCall[];
  }): Promise<Map<string, SeenLine[]>> {
    const { transaction, lease, lines } = options;
    if (this.#lease && !lease.follows(this.#lease)) {
      this.forget();
    }
    this.#lease = lease;
    await this.#load(transaction, new Set(lines.map(hourOf)));
    const found = new Map<string, SeenLine[]>();
    for (const line of lines) {
      const seen = this.#hours.get(hourOf(line))?.seen.get(packedKey(line.key));
      if (seen) {
        found.set(line.key, seen);
      }
    }
    return found;
  }

  /**
   * Writes new lines down.
   *
   * @returns what to call once the transaction is over, and well
   */
  async write(options: {
    transaction: Knex;
    sourceNumber: number;
    lines: readonly (LineOfCall & { lineId: string })[];
  }): Promise<() => void> {
    const { transaction, sourceNumber } = options;
    const byHour = new Map<number, PackedLine[]>();
    for (const line of options.lines) {
      const { lineId } = line;
      const packed = { key: packedKey(line.key), lineId };
      const hour = hourOf(line);
      const ofHour = byHour.get(hour);
      if (ofHour) {
        ofHour.push(packed);
      } else {
        byHour.set(hour, [packed]);
      }
    }
    for (const piece of piecesOf([...byHour], ROWS)) {
      await transaction(TABLE).insert(
        piece.map(([hour, lines]) => ({
          hour,
          source_number: sourceNumber,
          lines: packSeenLines(lines),
        })),
      );
    }
    return () => {
      for (const [hour, lines] of byHour) {
        const loaded = this.#hours.get(hour);
        if (loaded) {
          addTo(loaded, sourceNumber, lines);
        }
      }
      this.#makeRoom(new Set(byHour.keys()));
    };
  }

  /** Gives up what is in memory, as after a transaction of which it is not known how it ended. */
  forget(): void {
    this.#hours.clear();
  }

  async #load(transaction: Knex, wanted: Set<number>): Promise<void> {
    const missing = [...wanted].filter(start => !this.#hours.has(start));
    const rows = await forValues(missing, hours =>
      transaction(TABLE)
        .whereIn('hour', hours)
        .select('hour', 'source_number', 'lines'),
    );
    for (const start of wanted) {
      const hour = this.#hours.get(start) ?? { seen: new Map(), lines: 0 };
      this.#hours.delete(start);
      this.#hours.set(start, hour);
    }
    for (const row of rows) {
      addTo(
        this.#hours.get(Number(row.hour))!,
        row.source_number,
        unpackSeenLines(row.lines),
      );
    }
    this.#makeRoom(wanted);
  }

  #makeRoom(inUse: ReadonlySet<number>): void {
    let lines = 0;
    for (const hour of this.#hours.values()) {
      lines += hour.lines;
    }
    for (const [start, hour] of this.#hours) {
      if (lines <= this.#maxLines) {
        return;
      }
      if (!inUse.has(start)) {
        this.#hours.delete(start);
        lines -= hour.lines;
      }
    }
  }
}

function hourOf({ timestamp }: LineOfCall): number {
  return Math.floor(timestamp / HOUR) * HOUR;
}

function addTo(
  hour: Hour,
  sourceNumber: number,
  lines: Iterable<PackedLine>,
): void {
  for (const { key, lineId } of lines) {
    const line = { sourceNumber, lineId };
    const ofCall = hour.seen.get(key);
    if (ofCall) {
      ofCall.push(line);
    } else {
      hour.seen.set(key, [line]);
    }
    hour.lines++;
  }
}
