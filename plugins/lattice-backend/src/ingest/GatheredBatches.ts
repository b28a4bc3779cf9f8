import { columnsOf, type RecordColumns } from '@lattice-portal/access-logs';
import type {
  AccessLogBatch,
  AccessLogObject,
} from '@lattice-portal/plugin-lattice-node';
import { type LineLogs, lineLogsOf } from './LineLogs';
import type { SourceProgress } from './SourceProgress';

/**
 * Batches of one source that are stored together: the more lines at once, the fewer rows are added up.
 */
export class GatheredBatches {
  readonly #columns: RecordColumns[] = [];
  readonly #logs: (LineLogs | undefined)[] = [];
  readonly #objects = new Map<string, AccessLogObject>();
  #latest: Pick<AccessLogBatch, 'cursor' | 'objectsBefore' | 'sweep'> = {};
  #readUntil?: number;
  #progress?: SourceProgress;
  #isEmpty = true;

  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  get lineCount(): number {
    return this.#columns.reduce((sum, { size }) => sum + size, 0);
  }

  /** What is kept of lines as they came, with the room that was made for more of it. */
  get textBytes(): number {
    return this.#columns.reduce((sum, { texts }) => sum + texts.length, 0);
  }

  /** @param options - `readUntil` in milliseconds since the epoch: that of the batch */
  add(options: {
    batch: AccessLogBatch;
    readUntil: number | undefined;
    progress: SourceProgress | undefined;
  }): void {
    const { batch, readUntil, progress } = options;
    this.#isEmpty = false;
    if (batch.columns) {
      this.#columns.push(batch.columns);
      this.#logs.push(undefined);
    }
    if (batch.lines.length > 0) {
      this.#columns.push(columnsOf(batch.lines));
      this.#logs.push(lineLogsOf(batch.lines));
    }
    if (batch.object) {
      this.#objects.set(batch.object.key, batch.object);
    }
    const { cursor, objectsBefore, sweep } = this.#latest;
    this.#latest = {
      cursor: batch.cursor ?? cursor,
      objectsBefore: batch.objectsBefore ?? objectsBefore,
      sweep: batch.sweep ?? sweep,
    };
    this.#readUntil = readUntil ?? this.#readUntil;
    // An object that came late is no backlog, though its time is long ago.
    this.#progress = batch.object && !batch.backlog ? undefined : progress;
  }

  /** What there is to store. */
  contents() {
    return {
      columns: this.#columns,
      logs: this.#logs,
      objects: [...this.#objects.values()],
      ...this.#latest,
      readUntil: this.#readUntil,
      progress: this.#progress,
    };
  }
}
