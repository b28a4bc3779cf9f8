import { setImmediate } from 'node:timers/promises';
import type { RecordColumns } from '@lattice-portal/access-logs';
import type { Knex } from 'knex';
import { Novelty, SeenTable } from '../ingest/SeenTable';
import type { Lease } from './Lease';
import { SeenLinePacker, unpackSeenLines } from './packSeenLines';
import { forValues, piecesOf } from './sql';

const TABLE = 'log_seen_segments';
const HOUR = 60 * 60 * 1000;
/** Rows of one statement. */
const ROWS = 100;
/** Of all hours in memory: about 45 megabytes. */
const DEFAULT_MAX_LINES = 1_000_000;
/** As many times as there are lines of an hour, room is made at once for more at most: late lines are few. */
const MOST_TO_COME = 8;

/** What tells of calls, and when those were: the same for every line that tells of a call. */
export type LinesOfCalls = Pick<
  RecordColumns,
  'size' | 'keys' | 'lineIds' | 'times'
> & {
  /** Of each line, what tells the logs of a source apart. Absent: it has one. */
  logs?: Uint32Array;
};

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
  readonly #hours = new Map<number, SeenTable>();
  readonly #maxLines: number;
  #lease?: Lease;

  constructor(options: { maxLines?: number } = {}) {
    this.#maxLines = options.maxLines ?? DEFAULT_MAX_LINES;
  }

  /**
   * Says what lines are to those before them, and writes down those that were not read before. If the
   * transaction does not end well, {@link SeenLines.forget} has to be called.
   *
   * @param options - `lease`: held in the transaction
   * @returns a {@link Novelty} a line, for each of the columns
   */
  async add(options: {
    transaction: Knex;
    lease: Lease;
    sourceNumber: number;
    columns: readonly LinesOfCalls[];
  }): Promise<Uint8Array[]> {
    const { transaction, lease, sourceNumber, columns } = options;
    if (this.#lease && !lease.follows(this.#lease)) {
      this.forget();
    }
    this.#lease = lease;
    const hours = hoursOf(columns);
    await this.#load(transaction, hours);
    const packers = new Map<number, SeenLinePacker>();
    const novelties: Uint8Array[] = [];
    for (const lines of columns) {
      novelties.push(this.#addTo(packers, sourceNumber, lines));
      // The threads that read on are heard meanwhile.
      await setImmediate();
    }
    for (const piece of piecesOf([...packers], ROWS)) {
      await transaction(TABLE).insert(
        piece.map(([hour, packer]) => ({
          hour,
          source_number: sourceNumber,
          lines: packer.packed,
          logs: packer.packedLogs ?? null,
        })),
      );
    }
    this.#makeRoom(hours);
    return novelties;
  }

  /** Gives up what is in memory, as after a transaction of which it is not known how it ended. */
  forget(): void {
    this.#hours.clear();
  }

  #addTo(
    packers: Map<number, SeenLinePacker>,
    sourceNumber: number,
    lines: LinesOfCalls,
  ): Uint8Array {
    const { size, keys, lineIds, times, logs } = lines;
    const novelties = new Uint8Array(size);
    let hour: number | undefined;
    let table: SeenTable | undefined;
    let packer: SeenLinePacker | undefined;
    // One for all lines: there are millions.
    const place = { keys, lineIds, at: 0, sourceNumber, log: 0 };
    for (let at = 0; at < size; at++) {
      const start = hourOf(times[at]);
      if (start !== hour) {
        hour = start;
        table = this.#hours.get(hour);
        packer = packers.get(hour);
      }
      place.at = at;
      place.log = logs?.[at] ?? 0;
      const novelty = table!.add(place);
      novelties[at] = novelty;
      if (novelty !== Novelty.Known) {
        if (!packer) {
          packer = new SeenLinePacker();
          packers.set(start, packer);
        }
        packer.add(keys, lineIds, at, place.log);
      }
    }
    return novelties;
  }

  /** @param wanted - how many lines of which hours will be added */
  async #load(
    transaction: Knex,
    wanted: ReadonlyMap<number, number>,
  ): Promise<void> {
    const missing = [...wanted.keys()].filter(start => !this.#hours.has(start));
    const rows = await forValues(missing, hours =>
      transaction(TABLE)
        .whereIn('hour', hours)
        .select('hour', 'source_number', 'lines', 'logs'),
    );
    // An hour mostly has as many lines as those before it.
    const usual = Math.max(
      0,
      ...Array.from(this.#hours.values(), ({ size }) => size),
    );
    for (const [start, lines] of wanted) {
      const hour =
        this.#hours.get(start) ??
        new SeenTable(Math.max(lines, Math.min(usual, lines * MOST_TO_COME)));
      this.#hours.delete(start);
      this.#hours.set(start, hour);
    }
    for (const row of rows) {
      const hour = this.#hours.get(Number(row.hour))!;
      const { size, keys, lineIds, logs } = unpackSeenLines(
        row.lines,
        row.logs,
      );
      const sourceNumber = row.source_number;
      for (let at = 0; at < size; at++) {
        hour.add({ keys, lineIds, at, sourceNumber, log: logs[at] });
      }
    }
  }

  #makeRoom(inUse: ReadonlyMap<number, number>): void {
    let lines = 0;
    for (const hour of this.#hours.values()) {
      lines += hour.size;
    }
    for (const [start, hour] of this.#hours) {
      if (lines <= this.#maxLines) {
        return;
      }
      if (!inUse.has(start)) {
        this.#hours.delete(start);
        lines -= hour.size;
      }
    }
  }
}

/** How many lines are of which hours. */
function hoursOf(columns: readonly LinesOfCalls[]): Map<number, number> {
  const hours = new Map<number, number>();
  for (const { size, times } of columns) {
    let last = 0;
    for (let at = 0; at < size; at++) {
      const hour = hourOf(times[at]);
      // Neighbours mostly are of one hour: counted together.
      if (at + 1 === size || hourOf(times[at + 1]) !== hour) {
        hours.set(hour, (hours.get(hour) ?? 0) + at + 1 - last);
        last = at + 1;
      }
    }
  }
  return hours;
}

function hourOf(timestamp: number): number {
  return Math.floor(timestamp / HOUR) * HOUR;
}
