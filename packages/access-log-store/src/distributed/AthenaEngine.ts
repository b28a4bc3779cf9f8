import { setTimeout } from 'node:timers/promises';
import {
  type AthenaClient,
  GetQueryExecutionCommand,
  paginateGetQueryResults,
  type Row as AthenaRow,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import type { ColumnType, Value } from '../schema/Column';
import type { Dialect } from '../sql/Dialect';
import type { QueryEngine } from '../sql/QueryEngine';
import type { Statement } from '../sql/Statement';
import { queryError, toStoreError } from './toStoreError';
import { trinoParameter } from './trinoDialect';

const FIRST_WAIT = 100;
const LONGEST_WAIT = 2000;
const PAGE = 1000;
/** https://docs.aws.amazon.com/athena/latest/ug/service-limits.html */
const LONGEST_QUERY = 262_144;

/** Asks Amazon Athena. */
export class AthenaEngine implements QueryEngine {
  readonly readsLaterFiles = true;
  readonly dialect: Dialect;
  readonly #client: AthenaClient;
  readonly #workGroup: string;
  readonly #database: string;

  constructor(options: {
    client: AthenaClient;
    workGroup: string;
    database: string;
    dialect: Dialect;
  }) {
    this.#client = options.client;
    this.#workGroup = options.workGroup;
    this.#database = options.database;
    this.dialect = options.dialect;
  }

  async ask(options: {
    statement: Statement;
    signal?: AbortSignal;
  }): Promise<AsyncIterable<Value[][]>> {
    const { statement, signal } = options;
    const { text, parameters } = statement.sql.render(trinoParameter);
    if (Buffer.byteLength(text) > LONGEST_QUERY) {
      throw queryError({
        state: 'refused',
        reason:
          'the query is longer than the limit of 262144 bytes: exceeded limit',
        queryId: '(none)',
        workGroup: this.#workGroup,
        database: this.#database,
      });
    }
    // Not to be aborted: without its id, a query could not be stopped.
    const { QueryExecutionId: id } = await this.#send(
      'StartQueryExecution',
      () =>
        this.#client.send(
          new StartQueryExecutionCommand({
            QueryString: text,
            ExecutionParameters:
              parameters.length > 0 ? parameters.map(String) : undefined,
            QueryExecutionContext: { Database: this.#database },
            WorkGroup: this.#workGroup,
          }),
        ),
    );
    await this.#finished(id!, signal);
    return this.#rows(id!, Object.values(statement.columns), signal);
  }

  async close(): Promise<void> {
    this.#client.destroy();
  }

  async #finished(id: string, signal: AbortSignal | undefined): Promise<void> {
    let wait = FIRST_WAIT;
    try {
      for (;;) {
        signal?.throwIfAborted();
        const { QueryExecution } = await this.#send('GetQueryExecution', () =>
          this.#client.send(
            new GetQueryExecutionCommand({ QueryExecutionId: id }),
          ),
        );
        const { State = '', StateChangeReason } = QueryExecution?.Status ?? {};
        if (State === 'SUCCEEDED') {
          return;
        }
        if (State === 'FAILED' || State === 'CANCELLED') {
          throw queryError({
            state: State,
            reason: StateChangeReason ?? State,
            queryId: id,
            workGroup: this.#workGroup,
            database: this.#database,
          });
        }
        await setTimeout(wait, undefined, { signal }).catch(() => {
          // An abort ends the waiting, and is seen above.
        });
        wait = Math.min(wait * 1.5, LONGEST_WAIT);
      }
    } catch (error) {
      if (signal?.aborted) {
        await this.#stop(id);
        throw signal.reason;
      }
      throw error;
    }
  }

  /** What runs on costs money, but its asker is gone: an error would reach nobody. */
  async #stop(id: string): Promise<void> {
    await this.#client
      .send(new StopQueryExecutionCommand({ QueryExecutionId: id }))
      .catch(() => {});
  }

  async *#rows(
    id: string,
    types: ColumnType[],
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Value[][]> {
    // The first row of all has the names of the columns.
    let isFirst = true;
    try {
      for await (const { ResultSet } of paginateGetQueryResults(
        { client: this.#client, pageSize: PAGE },
        { QueryExecutionId: id },
      )) {
        signal?.throwIfAborted();
        const rows = ResultSet?.Rows ?? [];
        yield rows.slice(isFirst ? 1 : 0).map(row => valuesOf(row, types));
        isFirst = false;
      }
    } catch (error) {
      throw this.#explain('GetQueryResults', error);
    }
  }

  async #send<T>(operation: string, send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      throw this.#explain(operation, error);
    }
  }

  #explain(operation: string, error: unknown): unknown {
    return toStoreError(error, {
      what: `athena:${operation} in the workgroup ${this.#workGroup}`,
    });
  }
}

function valuesOf({ Data = [] }: AthenaRow, types: ColumnType[]): Value[] {
  return types.map((type, index) => {
    const text = Data[index]?.VarCharValue;
    if (text === undefined || type === 'text') {
      return text;
    }
    return type === 'boolean' ? text === 'true' : Number(text);
  });
}
