import { promises as fs } from 'node:fs';
import { InputError } from '@backstage/errors';
import type {
  AccessLogStore,
  AskOptions,
  DeniedRequestsPage,
  DeniedRequestsQuestion,
} from '../AccessLogStore';
import { AccessLogStoreError } from '../AccessLogStoreError';
import type { ParquetWriter } from '../embedded/ParquetWriter';
import type { FileSnapshot } from '../files/FileSnapshot';
import type { RecordFiles } from '../files/RecordFiles';
import { callers } from '../questions/callers';
import { callsByRequestId } from '../questions/callsByRequestId';
import { callShapes } from '../questions/callShapes';
import { causes } from '../questions/causes';
import { connections } from '../questions/connections';
import { deniedRequests, nextOf } from '../questions/deniedRequests';
import { edges } from '../questions/edges';
import { outcomesOverTime } from '../questions/outcomesOverTime';
import type { Question } from '../questions/Question';
import type { Columns, Row, Value } from '../schema/Column';
import type { TableName } from '../schema/tables';
import type { QueryEngine } from '../sql/QueryEngine';
import type { Sql } from '../sql/Sql';
import type { Statement } from '../sql/Statement';
import type {
  AccessLogBatch,
  Answer,
  AnswerBasis,
  CallShape,
  StoreGap,
} from '../types';
import { Deadline } from './Deadline';
import { filesOfBatch } from './filesOfBatch';
import { gapsOf } from './gapsOf';
import { HourKeeper } from './HourKeeper';

const MAX_TRIES = 3;
const MAX_DAYS = 400;

interface Span {
  from: number;
  to: number;
}

/** What a store is made of. */
export interface ParquetAccessLogStoreOptions {
  files: RecordFiles;
  writer: ParquetWriter;
  engine: QueryEngine;
  /** Logs that could not be read in a time, as whoever fills the store knows. */
  sourceGaps?: (span: Span) => Promise<StoreGap[]>;
  /** Milliseconds that a question may take. */
  timeout: number;
  /** Milliseconds that replaced files stay for those who still read them; longer than a question takes. */
  grace: number;
  now?: () => number;
  /** Frees what the engine does not hold. */
  onClose?: () => Promise<void>;
}

/** Records in Parquet files, wherever they are and whoever is asked. */
export class ParquetAccessLogStore implements AccessLogStore {
  readonly #files: RecordFiles;
  readonly #writer: ParquetWriter;
  readonly #engine: QueryEngine;
  readonly #sourceGaps: (span: Span) => Promise<StoreGap[]>;
  readonly #timeout: number;
  readonly #now: () => number;
  readonly #keeper: HourKeeper;
  readonly #onClose?: () => Promise<void>;

  private constructor(options: ParquetAccessLogStoreOptions) {
    const { files, writer, grace } = options;
    this.#files = files;
    this.#writer = writer;
    this.#engine = options.engine;
    this.#sourceGaps = options.sourceGaps ?? (async () => []);
    this.#timeout = options.timeout;
    this.#onClose = options.onClose;
    this.#now = options.now ?? Date.now;
    this.#keeper = new HourKeeper({ files, writer, grace, now: this.#now });
  }

  static create(options: ParquetAccessLogStoreOptions): ParquetAccessLogStore {
    return new ParquetAccessLogStore(options);
  }

  async append(batch: AccessLogBatch): Promise<{ written: number }> {
    let written = 0;
    for (const { table, hour, rows } of await filesOfBatch(batch)) {
      const place = { table, hour, batchId: batch.id };
      const isMark = rows.length === 0;
      if (await this.#files.hasBatch({ ...place, isMark })) {
        continue;
      }
      const path = await this.#writer.write(table, rows);
      try {
        await this.#files.add({ ...place, lines: rows.length, path });
      } finally {
        await fs.rm(path, { force: true });
      }
      written += rows.length;
    }
    return { written };
  }

  compact: AccessLogStore['compact'] = options => this.#keeper.compact(options);

  deleteBefore: AccessLogStore['deleteBefore'] = options =>
    this.#keeper.deleteBefore(options);

  outcomesOverTime: AccessLogStore['outcomesOverTime'] = question =>
    this.#answer(outcomesOverTime(question), question);

  callers: AccessLogStore['callers'] = question =>
    this.#answer(callers(question), question);

  causes: AccessLogStore['causes'] = question =>
    this.#answer(causes(question), question);

  edges: AccessLogStore['edges'] = question =>
    this.#answer(edges(question), question);

  callsByRequestId: AccessLogStore['callsByRequestId'] = question =>
    this.#answer(callsByRequestId(question), question);

  connections: AccessLogStore['connections'] = question =>
    this.#answer(connections(question), question, 'connections');

  async deniedRequests(
    question: DeniedRequestsQuestion,
  ): Promise<DeniedRequestsPage> {
    const page = await this.#answer(deniedRequests(question), question);
    return { ...page, next: nextOf(page.items, question) };
  }

  callShapes: AccessLogStore['callShapes'] = async question => {
    const { statement, read } = callShapes(question);
    const { basis, values } = await this.#ask({
      statementFor: statement,
      table: 'calls',
      span: question,
    });
    async function* batches(): AsyncGenerator<CallShape[]> {
      for await (const some of values) {
        yield some.map(read);
      }
    }
    return { ...basis, batches: batches() };
  };

  async close(): Promise<void> {
    await this.#engine.close();
    await this.#onClose?.();
  }

  async #answer<T, More>(
    question: Question<T, More>,
    span: Span & AskOptions,
    table: TableName = 'calls',
  ): Promise<Answer<T> & More> {
    const { basis, values, columns } = await this.#ask({
      statementFor: isVisible => question.statement(isVisible),
      table,
      span,
    });
    const all: Row[] = [];
    for await (const some of toRows(values, columns)) {
      all.push(...some);
    }
    return { ...basis, ...question.read(all) };
  }

  async #ask(options: {
    statementFor: (isVisible: Sql) => Statement;
    table: TableName;
    span: Span & AskOptions;
  }): Promise<{
    basis: AnswerBasis;
    values: AsyncIterable<Value[][]>;
    columns: Columns;
  }> {
    const { statementFor, table, span } = options;
    checkSpan(span);
    const deadline = new Deadline(this.#timeout, span.signal);
    deadline.signal.throwIfAborted();
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const { files, basis } = await this.#look(table, span);
      if (files.files.every(({ lines }) => lines === 0)) {
        return { basis, values: noRows(), columns: {} };
      }
      const statement = statementFor(this.#engine.dialect.isVisible(files));
      const values = await this.#engine
        .ask({ statement, files, signal: deadline.signal })
        .catch(error => {
          throw deadline.explain(error);
        });
      if (await this.#isStillTrue(files, span)) {
        const { columns } = statement;
        return { basis, values: deadline.guard(values), columns };
      }
    }
    throw new AccessLogStoreError(
      'failed',
      'The files of the access logs changed each time while the question was answered. Ask again when their hours have been compacted.',
    );
  }

  async #look(
    table: TableName,
    { from, to }: Span,
  ): Promise<{ files: FileSnapshot; basis: AnswerBasis }> {
    const [files, sourceGaps] = await Promise.all([
      this.#files.snapshot({ table, from, to }),
      this.#sourceGaps({ from, to }),
    ]);
    const window = {
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
    };
    const hours = gapsOf({ files, from, to, now: this.#now() });
    return { files, basis: { window, gaps: [...hours, ...sourceGaps] } };
  }

  /** An engine that finds files by itself may have read both what was replaced and what replaces it. */
  async #isStillTrue(
    before: FileSnapshot,
    { from, to }: Span,
  ): Promise<boolean> {
    if (!this.#engine.readsLaterFiles) {
      return true;
    }
    const { table } = before;
    const after = await this.#files.snapshot({ table, from, to });
    const hidden = new Set(before.hidden);
    return after.hidden.every(key => hidden.has(key));
  }
}

async function* noRows(): AsyncGenerator<Value[][]> {
  // There is nothing to ask.
}

async function* toRows(
  values: AsyncIterable<Value[][]>,
  columns: Columns,
): AsyncGenerator<Row[]> {
  const names = Object.keys(columns);
  for await (const some of values) {
    yield some.map(cells => {
      // Half the time of `Object.fromEntries`, and there may be hundreds of thousands.
      const row: Row = {};
      for (let index = 0; index < names.length; index++) {
        row[names[index]] = cells[index];
      }
      return row;
    });
  }
}

function checkSpan({ from, to }: Span): void {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from >= to) {
    throw new InputError(
      'from and to have to be milliseconds since the epoch, and from before to',
    );
  }
  if (to - from > MAX_DAYS * 86_400_000) {
    throw new InputError(
      `The time from ${new Date(
        from,
      ).toISOString()} is longer than ${MAX_DAYS} days: ask for less at once`,
    );
  }
}
