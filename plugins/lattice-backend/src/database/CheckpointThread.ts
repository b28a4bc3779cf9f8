import {
  isMainThread,
  type MessagePort,
  parentPort,
  Worker,
  workerData,
} from 'node:worker_threads';
import createKnex, { type Knex } from 'knex';
import { isPostgres } from './sql';

const ROLE = 'lattice-checkpoints';
/** Milliseconds after which a thread without work ends. */
const IDLE = 30_000;

/**
 * Copies what SQLite has in its journal into the database file, in a thread of its own.
 *
 * @remarks
 * SQLite does so by itself once the journal is long, but in the thread that writes, which waits for the disk
 * then: for a tenth of the time in which a backlog is taken in. A checkpoint that is `PASSIVE` waits for
 * nobody, and nobody waits for it. Where it fails, SQLite does it as ever.
 * Source: https://www.sqlite.org/pragma.html#pragma_wal_checkpoint
 */
export class CheckpointThread {
  readonly #knex: Knex;
  #file?: Promise<string | undefined>;
  #worker?: Worker;
  #isBusy = false;
  #idle?: NodeJS.Timeout;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** After much was written. Does nothing where the database is another, or in memory, or the thread is at it. */
  async start(): Promise<void> {
    this.#file ??= fileOf(this.#knex);
    const file = await this.#file;
    if (!file || this.#isBusy) {
      return;
    }
    this.#isBusy = true;
    clearTimeout(this.#idle);
    this.#worker ??= this.#open(file);
    this.#worker.postMessage(undefined);
  }

  #open(file: string): Worker {
    const worker = new Worker(__filename, { workerData: { role: ROLE, file } });
    const end = () => {
      if (this.#worker === worker) {
        this.#worker = undefined;
        this.#isBusy = false;
      }
    };
    worker
      .on('message', () => {
        this.#isBusy = false;
        this.#idle = setTimeout(() => {
          worker.terminate().catch(() => {});
        }, IDLE).unref();
      })
      .on('error', end)
      .on('exit', end);
    // Last: who listens keeps the process alive again.
    worker.unref();
    return worker;
  }
}

/** Undefined: it is not SQLite, or in memory. */
async function fileOf(knex: Knex): Promise<string | undefined> {
  if (isPostgres(knex)) {
    return undefined;
  }
  const databases: { name: string; file: string }[] = await knex.raw(
    'PRAGMA database_list',
  );
  return databases.find(({ name }) => name === 'main')?.file || undefined;
}

function checkpointOn(port: MessagePort, filename: string): void {
  const knex = createKnex({
    client: 'better-sqlite3',
    connection: { filename },
    useNullAsDefault: true,
  });
  port.on('message', async () => {
    await knex.raw('PRAGMA wal_checkpoint(PASSIVE)').catch(() => {});
    port.postMessage(undefined);
  });
}

if (!isMainThread && workerData?.role === ROLE && parentPort) {
  checkpointOn(parentPort, workerData.file);
}
