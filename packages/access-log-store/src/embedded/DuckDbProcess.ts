import type { ChildProcess } from 'node:child_process';
import { AccessLogStoreError } from '../AccessLogStoreError';
import type { Value } from '../schema/Column';
import {
  type ChildJob,
  type ChildSettings,
  type FromChild,
  startDuckDbChild,
  type ToChild,
} from './duckDbChild';

/** A value as JSON has it. */
type Cell = Exclude<Value, undefined> | null;

type Message = FromChild | { kind: 'ended'; how: string };

/** Messages in the order in which they came, for one who takes them one by one. */
class Inbox {
  readonly #messages: Message[] = [];
  #wake?: () => void;

  put(message: Message): void {
    this.#messages.push(message);
    this.#wake?.();
  }

  async next(): Promise<Message> {
    while (this.#messages.length === 0) {
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
    return this.#messages.shift()!;
  }
}

/** A process that runs SQL, one job after the other. */
export class DuckDbProcess {
  readonly #child: ChildProcess;
  #listener?: (message: Message) => void;
  #ended?: string;

  private constructor(child: ChildProcess) {
    this.#child = child;
    const end = (how: string) => {
      this.#ended ??= how;
      this.#listener?.({ kind: 'ended', how: this.#ended });
    };
    child.on('message', (message: FromChild) => {
      // What loads sources in development talks over the same channel.
      if (message.kind) {
        this.#listener?.(message);
      }
    });
    child.on('exit', (code, signal) =>
      end(signal ? `by signal ${signal}` : `with exit code ${code}`),
    );
    child.on('error', error => end(`: ${error.message}`));
  }

  static start(settings: ChildSettings): DuckDbProcess {
    return new DuckDbProcess(startDuckDbChild(settings));
  }

  /** Whether it can take another job. */
  get isAlive(): boolean {
    return this.#ended === undefined;
  }

  /** Id of the process. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /**
   * Runs SQL and gives its rows as they come.
   *
   * @throws AccessLogStoreError if the SQL fails or the process ends; the signal's reason when it is aborted
   */
  async *run(job: ChildJob, signal?: AbortSignal): AsyncGenerator<Value[][]> {
    signal?.throwIfAborted();
    const inbox = new Inbox();
    this.#listener = message => inbox.put(message);
    const cancel = () => this.#tell({ kind: 'cancel' });
    signal?.addEventListener('abort', cancel);
    let isOver = false;
    try {
      if (this.#ended !== undefined) {
        inbox.put({ kind: 'ended', how: this.#ended });
      }
      this.#tell({ kind: 'run', job });
      for (;;) {
        const message = await inbox.next();
        if (message.kind === 'rows' || message.kind === 'nested') {
          yield message.kind === 'rows'
            ? message.rows
            : readNested(message.rows);
          this.#tell({ kind: 'more' });
          continue;
        }
        isOver = true;
        if (message.kind === 'done') {
          return;
        }
        signal?.throwIfAborted();
        throw toError(message);
      }
    } finally {
      signal?.removeEventListener('abort', cancel);
      if (!isOver) {
        // The asker has enough; what else comes must not reach the next one.
        cancel();
        const under = ['rows', 'nested', 'out-of-memory'];
        while (under.includes((await inbox.next()).kind)) {
          // Until it is over.
        }
      }
      this.#listener = undefined;
    }
  }

  /** Ends the process, whatever it does. */
  stop(): void {
    this.#ended ??= 'by request';
    this.#child.kill('SIGKILL');
  }

  /** Lets this program end while the process has nothing to do. */
  setIdle(isIdle: boolean): void {
    if (isIdle) {
      this.#child.unref();
      this.#child.channel?.unref();
    } else {
      this.#child.ref();
      this.#child.channel?.ref();
    }
  }

  #tell(message: ToChild): void {
    if (this.#child.connected) {
      this.#child.send(message, () => {
        // A process that can't be reached has ended, which is told by itself.
      });
    }
  }
}

/** Rows that shared cells, each with all of its cells. */
function readNested(text: string): Value[][] {
  const groups: [shared: Cell[], ...lists: Cell[][]][] = JSON.parse(text);
  const rows: Value[][] = [];
  for (const [shared, ...lists] of groups) {
    const common = shared.map(toValue);
    for (let index = 0; index < lists[0].length; index++) {
      // Of its full length at once: it would be copied to grow.
      const row = new Array<Value>(common.length + lists.length);
      for (let place = 0; place < common.length; place++) {
        row[place] = common[place];
      }
      for (let list = 0; list < lists.length; list++) {
        row[common.length + list] = toValue(lists[list][index]);
      }
      rows.push(row);
    }
  }
  return rows;
}

function toValue(cell: Cell): Value {
  return cell ?? undefined;
}

function toError(
  message: Exclude<Message, { kind: 'rows' | 'nested' | 'done' }>,
): AccessLogStoreError {
  switch (message.kind) {
    case 'out-of-memory':
      return new AccessLogStoreError(
        'limit-exceeded',
        `The question took ${Math.round(
          message.residentBytes / 1024 / 1024,
        )} MB of memory, more than the store may use. Ask for a shorter time or fewer services, or raise lattice.accessLogs.store.memoryLimit.`,
      );
    case 'ended':
      return new AccessLogStoreError(
        'engine-crashed',
        `The process that reads the access logs ended ${message.how}. Ask again: the next question starts a new one.`,
      );
    default:
      return /out of memory/i.test(message.message)
        ? new AccessLogStoreError(
            'limit-exceeded',
            `The question takes more memory than the store may use. Ask for a shorter time or fewer services, or raise lattice.accessLogs.store.memoryLimit. DuckDB says: ${message.message}`,
          )
        : new AccessLogStoreError(
            'failed',
            `DuckDB could not answer: ${message.message}`,
          );
  }
}
