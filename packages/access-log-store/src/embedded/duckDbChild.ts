import { fork, type ChildProcess } from 'node:child_process';
import { extname } from 'node:path';
import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBResult,
  type DuckDBType,
  type DuckDBValue,
  VARCHAR,
} from '@duckdb/node-api';
import type { Value } from '../schema/Column';
import type { Parameter } from '../sql/Sql';

const ROLE = 'lattice-access-log-store';
const ROWS_AT_ONCE = 4096;
/** Of nested rows, which may be long. */
const CHARACTERS_AT_ONCE = 1024 * 1024;
const MEMORY_CHECK_MILLISECONDS = 100;
const INTERRUPT_MILLISECONDS = 20;

/** What a child process may use. */
export interface ChildSettings {
  /** As DuckDB takes it, such as `512MB`: what it aims at. */
  memoryLimit: string;
  /** Bytes of resident memory at which the process ends itself. */
  maxResidentBytes: number;
  threads: number;
  /** Absolute paths of the folders whose files it may read and write. Nothing else is open to it. */
  folders: readonly string[];
  /** Absolute path of a folder of these for what doesn't fit into memory. */
  spill: string;
}

/** SQL to run. */
export interface ChildJob {
  /** Run first, in the same connection. */
  before: readonly string[];
  text: string;
  parameters: readonly Parameter[];
  /**
   * Whether the only column has JSON arrays of the cells that some rows share, and a list for each other
   * column: many rows are handed over so in a third of the time.
   */
  rowsAreNested?: boolean;
}

/** What a child is told. It does one job at a time. */
export type ToChild =
  | { kind: 'start'; settings: ChildSettings }
  | { kind: 'run'; job: ChildJob }
  | { kind: 'more' }
  | { kind: 'cancel' };

/** What a child tells. It sends rows again only when it is asked for more. */
export type FromChild =
  | { kind: 'rows'; rows: Value[][] }
  /** A JSON array, see `rowsAreNested`. */
  | { kind: 'nested'; rows: string }
  | { kind: 'done' }
  | { kind: 'failed'; message: string }
  | { kind: 'out-of-memory'; residentBytes: number };

/** Starts a process that runs SQL. */
export function startDuckDbChild(settings: ChildSettings): ChildProcess {
  const child = fork(__filename, [ROLE], {
    serialization: 'advanced',
    execArgv: [...process.execArgv.filter(isLoader), ...sourceLoader()],
  });
  child.send({ kind: 'start', settings } satisfies ToChild);
  return child;
}

/** Debuggers and memory limits are the parent's own; what loads sources is for the child too. */
function isLoader(argument: string, index: number, all: string[]): boolean {
  const names = /^(--require|-r|--import|--loader|--experimental-loader)(=|$)/;
  return names.test(argument) || names.test(all[index - 1] ?? '');
}

/** Sources need the loader of Backstage's CLI, which tests don't hand on. */
function sourceLoader(): string[] {
  return extname(__filename) === '.ts' &&
    !process.execArgv.join(' ').includes('nodeTransform')
    ? [
        '--require',
        require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
      ]
    : [];
}

/** The child's side. */
class DuckDbChild {
  #connection?: DuckDBConnection;
  #instance?: Promise<DuckDBInstance>;
  /** When the asker has taken the last batch. */
  #taken?: Promise<void>;
  #more?: () => void;
  #isCancelled = false;
  #interrupting?: NodeJS.Timeout;

  receive(message: ToChild): void {
    switch (message.kind) {
      case 'start':
        this.#instance = open(message.settings);
        // Whoever runs the first job hears of it.
        this.#instance.catch(() => {});
        watchMemory(message.settings.maxResidentBytes);
        break;
      case 'run':
        this.#isCancelled = false;
        clearInterval(this.#interrupting);
        this.#interrupting = undefined;
        this.#run(message.job).then(
          () => tell({ kind: 'done' }),
          (error: unknown) =>
            tell({ kind: 'failed', message: messageOf(error) }),
        );
        break;
      case 'more':
        this.#more?.();
        break;
      default:
        this.#isCancelled = true;
        this.#more?.();
        // DuckDB hears of it only once the statement has begun.
        this.#interrupting ??= setInterval(
          () => this.#connection?.interrupt(),
          INTERRUPT_MILLISECONDS,
        );
        this.#connection?.interrupt();
    }
  }

  async #run(job: ChildJob): Promise<void> {
    const { before, text, parameters } = job;
    const connection = await (await this.#instance!).connect();
    this.#connection = connection;
    this.#taken = undefined;
    try {
      for (const statement of before) {
        this.#throwIfCancelled();
        await connection.run(statement);
      }
      this.#throwIfCancelled();
      const result = await connection.stream(
        text,
        [...parameters],
        parameters.map(typeOf),
      );
      if (job.rowsAreNested) {
        await this.#handNested(result);
      } else {
        await this.#handRows(result);
      }
    } finally {
      clearInterval(this.#interrupting);
      this.#interrupting = undefined;
      this.#connection = undefined;
      connection.closeSync();
    }
  }

  async #handRows(result: DuckDBResult): Promise<void> {
    let rows: Value[][] = [];
    for await (const chunk of result.yieldRows()) {
      rows.push(...chunk.map(row => row.map(toValue)));
      if (rows.length >= ROWS_AT_ONCE) {
        await this.#hand({ kind: 'rows', rows });
        rows = [];
      }
    }
    if (rows.length > 0) {
      await this.#hand({ kind: 'rows', rows });
    }
  }

  async #handNested(result: DuckDBResult): Promise<void> {
    let texts: string[] = [];
    let characters = 0;
    const handOver = () =>
      this.#hand({ kind: 'nested', rows: `[${texts.join(',')}]` });
    for await (const chunk of result.yieldRows()) {
      for (const [text] of chunk) {
        texts.push(String(text));
        characters += texts[texts.length - 1].length;
        if (characters >= CHARACTERS_AT_ONCE) {
          await handOver();
          texts = [];
          characters = 0;
        }
      }
    }
    if (texts.length > 0) {
      await handOver();
    }
  }

  /** The asker works on one batch while the next is made. */
  async #hand(rows: FromChild & { kind: 'rows' | 'nested' }): Promise<void> {
    await this.#taken;
    this.#throwIfCancelled();
    this.#taken = new Promise<void>(resolve => {
      this.#more = resolve;
    });
    tell(rows);
  }

  #throwIfCancelled(): void {
    if (this.#isCancelled) {
      throw new Error('Cancelled');
    }
  }
}

async function open(settings: ChildSettings): Promise<DuckDBInstance> {
  const { memoryLimit, threads, folders, spill } = settings;
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: memoryLimit,
    threads: String(threads),
    preserve_insertion_order: 'false',
    temp_directory: spill,
  });
  const connection = await instance.connect();
  const list = folders.map(folder => quote(`${folder}/`)).join(', ');
  await connection.run(`SET autoinstall_known_extensions = false`);
  await connection.run(`SET autoload_known_extensions = false`);
  await connection.run(`SET allowed_directories = [${list}]`);
  await connection.run(`SET enable_external_access = false`);
  await connection.run(`SET lock_configuration = true`);
  connection.closeSync();
  return instance;
}

/** DuckDB's limit is not that of the process. */
function watchMemory(maxResidentBytes: number): void {
  setInterval(() => {
    const residentBytes = process.memoryUsage.rss();
    if (residentBytes > maxResidentBytes) {
      process.send!(
        { kind: 'out-of-memory', residentBytes } satisfies FromChild,
        () => process.exit(1),
      );
    }
  }, MEMORY_CHECK_MILLISECONDS).unref();
}

function toValue(value: DuckDBValue): Value {
  if (value === null) {
    return undefined;
  }
  return typeof value === 'bigint' ? Number(value) : (value as Value);
}

/** Whole numbers may be beyond what DuckDB takes for one. */
function typeOf(value: Parameter): DuckDBType {
  switch (typeof value) {
    case 'string':
      return VARCHAR;
    case 'boolean':
      return BOOLEAN;
    default:
      return Number.isSafeInteger(value) ? BIGINT : DOUBLE;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function tell(message: FromChild): void {
  process.send!(message);
}

/** A text as a literal. Only for paths of the store's own folder. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

if (process.argv[2] === ROLE && process.send) {
  const child = new DuckDbChild();
  process.on('message', (message: ToChild) => child.receive(message));
  process.on('disconnect', () => process.exit());
}
