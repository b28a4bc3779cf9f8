import { randomUUID } from 'node:crypto';
import { QueryRunner } from '../../athena/QueryRunner';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import type { QueryExecution } from './QueryExecution';
import { queryWorkGroups } from './queryWorkGroups';
import { runQuery } from './runQuery';
import { findWorkGroup, invalidRequest } from './workGroups';

/** Queries whose answers are kept; they are gone after a restart. */
const MAX_EXECUTIONS = 1000;
const MAX_PAGE = 1000;
const MAX_QUERY = 262_144;
const MAX_PARAMETER = 1024;
const ENGINE = 'Athena engine version 3';

/** Amazon Athena: queries over Parquet files in the sandbox's S3, as tables of AWS Glue describe them. */
export function athenaOperations(options: {
  runner: QueryRunner;
}): ServiceOperations {
  const { runner } = options;
  const executions = new Map<string, QueryExecution>();

  function find(
    { accountId, region }: OperationContext,
    id: string,
  ): QueryExecution {
    const execution = executions.get(id);
    if (execution?.accountId !== accountId || execution.region !== region) {
      throw invalidRequest(`QueryExecution ${id} was not found`);
    }
    return execution;
  }

  return {
    StartQueryExecution(input, context) {
      const { accountId, region } = context;
      const { QueryString: query, ExecutionParameters: parameters } = input;
      checkQuery(query, parameters);
      const workGroup = findWorkGroup(context, input.WorkGroup);
      const asked = input.ResultConfiguration?.OutputLocation;
      const location =
        workGroup.isEnforced && workGroup.outputLocation
          ? workGroup.outputLocation
          : asked ?? workGroup.outputLocation;
      if (!location) {
        throw invalidRequest(
          'No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.',
        );
      }
      const id = randomUUID();
      const execution: QueryExecution = {
        id,
        accountId,
        region,
        query,
        parameters,
        workGroup: workGroup.name,
        database: input.QueryExecutionContext?.Database,
        outputLocation: `${location.replace(/\/?$/, '/')}${id}.csv`,
        state: 'QUEUED',
        submittedAt: new Date(context.now()),
        bytesScanned: 0,
      };
      const workGroups = queryWorkGroups(context.estate);
      executions.set(id, execution);
      workGroups.set(id, workGroup.name);
      for (const old of [...executions.keys()].slice(0, -MAX_EXECUTIONS)) {
        executions.delete(old);
        workGroups.delete(old);
      }
      setImmediate(() =>
        runQuery({ execution, cutoff: workGroup.cutoff, runner, context }),
      );
      return { QueryExecutionId: id };
    },

    GetQueryExecution(input, context) {
      return {
        QueryExecution: describe(find(context, input.QueryExecutionId)),
      };
    },

    StopQueryExecution(input, context) {
      const execution = find(context, input.QueryExecutionId);
      if (execution.state === 'QUEUED' || execution.state === 'RUNNING') {
        execution.state = 'CANCELLED';
        execution.reason = 'Query cancelled by user';
        execution.completedAt = new Date(context.now());
        execution.stop?.();
      }
    },

    GetQueryResults(input, context) {
      const execution = find(context, input.QueryExecutionId);
      const { result, state } = execution;
      if (!result) {
        throw invalidRequest(
          state === 'QUEUED' || state === 'RUNNING'
            ? `Query has not yet finished. Current state: ${state}`
            : `Query did not finish successfully. Final query state: ${state}`,
        );
      }
      const from = readToken(input.NextToken);
      const size = Math.min(input.MaxResults ?? MAX_PAGE, MAX_PAGE);
      // The first row of all has the names of the columns.
      const all = [result.columns.map(({ name }) => name), ...result.rows];
      const rows = all.slice(from, from + size);
      const next = from + rows.length;
      return {
        ResultSet: {
          Rows: rows.map(row => ({
            Data: row.map(value =>
              value === undefined ? {} : { VarCharValue: value },
            ),
          })),
          ResultSetMetadata: {
            ColumnInfo: result.columns.map(({ name, type }) => ({
              CatalogName: 'hive',
              SchemaName: '',
              TableName: '',
              Name: name,
              Label: name,
              Type: type,
              Nullable: 'UNKNOWN',
            })),
          },
        },
        UpdateCount: 0,
        NextToken:
          next < all.length
            ? Buffer.from(`row:${next}`).toString('base64url')
            : undefined,
      };
    },

    GetWorkGroup(input, context) {
      const { name, properties } = findWorkGroup(context, input.WorkGroup);
      return {
        WorkGroup: {
          Name: name,
          State: 'ENABLED',
          Description: properties.Description,
          Configuration: {
            ...properties.WorkGroupConfiguration,
            EngineVersion: {
              SelectedEngineVersion: 'AUTO',
              EffectiveEngineVersion: ENGINE,
            },
          },
        },
      };
    },
  };
}

function checkQuery(query: string, parameters: string[] | undefined): void {
  if (query.length < 1 || Buffer.byteLength(query) > MAX_QUERY) {
    throw invalidRequest(
      `The query string has to be of 1 to ${MAX_QUERY} bytes`,
    );
  }
  const isFit = (parameter: string) =>
    parameter.length >= 1 && parameter.length <= MAX_PARAMETER;
  if (parameters && (parameters.length === 0 || !parameters.every(isFit))) {
    throw invalidRequest(
      `Execution parameters have to be of 1 to ${MAX_PARAMETER} characters`,
    );
  }
}

function readToken(token: string | undefined): number {
  if (token === undefined) {
    return 0;
  }
  const row = /^row:(\d+)$/.exec(Buffer.from(token, 'base64url').toString());
  if (!row) {
    throw invalidRequest('NextToken is not valid');
  }
  return Number(row[1]);
}

function describe(execution: QueryExecution) {
  const { submittedAt, completedAt, error, database } = execution;
  const took = (completedAt ?? submittedAt).getTime() - submittedAt.getTime();
  return {
    QueryExecutionId: execution.id,
    Query: execution.query,
    StatementType: 'DML',
    WorkGroup: execution.workGroup,
    ExecutionParameters: execution.parameters,
    QueryExecutionContext: database && { Database: database },
    ResultConfiguration: { OutputLocation: execution.outputLocation },
    Status: {
      State: execution.state,
      StateChangeReason: execution.reason,
      SubmissionDateTime: submittedAt,
      CompletionDateTime: completedAt,
      AthenaError: error && {
        ErrorCategory: error.category,
        ErrorType: error.type,
        ErrorMessage: error.message,
        Retryable: false,
      },
    },
    Statistics: {
      DataScannedInBytes: execution.bytesScanned,
      TotalExecutionTimeInMillis: took,
      EngineExecutionTimeInMillis: took,
    },
    EngineVersion: {
      SelectedEngineVersion: 'AUTO',
      EffectiveEngineVersion: ENGINE,
    },
  };
}
