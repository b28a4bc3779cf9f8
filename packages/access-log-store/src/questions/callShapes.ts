import type { AccessLogRecord } from '@lattice-portal/access-logs';
import type { Outcome } from '@lattice-portal/plugin-lattice-common';
import { columnOf } from '../schema/callFields';
import type { ColumnType, Row } from '../schema/Column';
import { inScope, isAnyOf } from '../sql/scope';
import { join, name, sql, type Sql, wholeNumber } from '../sql/Sql';
import type { Statement } from '../sql/Statement';
import type {
  CallScope,
  CallShape,
  PathFolding,
  ShapeField,
  WholeCalls,
} from '../types';
import { pathDifference } from './pathDifference';
import { filledTextOf, textOf } from './Question';

/** What VPC Lattice authenticated, or who signed. */
const principal = sql`coalesce(resolved_user, caller_principal, '')`;

/** Columns in which calls of one caller to one service mostly differ. */
const USUALLY_DIFFERENT = ['request_method', 'request_path'];

type TextField = Exclude<
  ShapeField,
  'principal' | 'timestamp' | 'callerPrincipalTags'
>;

/** Calls that agree in what was asked for, as one row with their number. */
export function callShapes(
  scope: CallScope & {
    fields: readonly ShapeField[];
    paths?: PathFolding;
    wholeFor?: WholeCalls;
  },
): {
  statement(isVisible: Sql): Statement;
  read(row: Row): CallShape;
} {
  const { paths, wholeFor } = scope;
  const fields = new Set(scope.fields);
  const wholeOnly = new Set(
    wholeFor?.fields.filter(field => !fields.has(field)),
  );
  const told = [...fields, ...wholeOnly];
  const tellsTags = told.includes('callerPrincipalTags');
  const recordFields = told
    .filter(isText)
    .map(field => [field, columnOf(field)] as const);
  const foldsPaths = paths && fields.has('requestPath');
  const columnsOf = (some: readonly ShapeField[]) =>
    some
      .filter(field => field !== 'principal' && field !== 'timestamp')
      .map(columnOf);
  const columns = columnsOf(told);
  const columnsOfWhole = columnsOf([...wholeOnly]);
  const isRepeated = (column: string) => !USUALLY_DIFFERENT.includes(column);
  const repeated = [
    'service_arn',
    'caller',
    'outcome',
    'principal_key',
    ...columns.filter(isRepeated),
  ];
  const others = columns.filter(column => !isRepeated(column));
  const key = principalKey({
    isTold: fields.has('principal'),
    toldFor: wholeFor?.outcomes,
  });
  const selected = [...repeated, 'example_principal', ...others];
  const keys = [
    // By its place: engines don't see that two expressions with parameters are the same.
    ...[...repeated, ...others]
      .filter(column => !foldsPaths || column !== 'request_path')
      .map(column => wholeNumber(selected.indexOf(column) + 1)),
    ...(fields.has('timestamp') ? [sql`time_ms`] : []),
    ...(wholeFor && wholeOnly.has('timestamp')
      ? [ofWhole(sql`time_ms`, wholeFor)]
      : []),
    ...(foldsPaths
      ? [name('path_shape'), pathDifference(paths.words, wholeFor?.outcomes)]
      : []),
  ];
  const readTags = tagsReader();
  const valueOf = (column: string) => {
    if (column === 'principal_key') {
      return sql`${key} AS principal_key`;
    }
    if (column === 'request_path' && foldsPaths) {
      return sql`max_by(request_path, time_ms) AS request_path`;
    }
    return wholeFor && columnsOfWhole.includes(column)
      ? sql`${ofWhole(name(column), wholeFor)} AS ${name(column)}`
      : name(column);
  };
  const texts = (names: string[]): Record<string, ColumnType> =>
    Object.fromEntries(names.map(column => [column, 'text']));
  return {
    statement: isVisible => ({
      table: 'calls',
      columns: {
        ...texts(repeated),
        example_principal: 'text',
        ...texts(others),
        calls_in_all: 'integer',
        first_seen: 'integer',
        last_seen: 'integer',
      },
      manyRows: { repeated: repeated.length, exchangeable: 1 },
      sql: sql`SELECT ${join(repeated.map(valueOf), ', ')},
  max(${principal}) AS example_principal,
  ${join(
    [...others.map(valueOf), sql`count(*) AS calls_in_all`],
    ', ',
  )}, min(time_ms) AS first_seen, max(time_ms) AS last_seen
FROM calls WHERE ${isVisible} AND ${inScope(scope)} AND NOT twin
GROUP BY ${join(keys, ', ')}`,
    }),
    read: row => {
      const lastSeen = Number(row.last_seen);
      const record: AccessLogRecord = {
        startTime: new Date(lastSeen).toISOString(),
        timestamp: lastSeen,
        serviceArn: String(row.service_arn),
        resolvedUser: filledTextOf(row, 'example_principal'),
        other: {},
      };
      for (const [field, column] of recordFields) {
        record[field] = textOf(row, column);
      }
      if (tellsTags && typeof row.caller_principal_tags === 'string') {
        record.callerPrincipalTags = readTags(row.caller_principal_tags);
      }
      return {
        record,
        outcome: row.outcome as Outcome,
        count: Number(row.calls_in_all),
        firstSeen: Number(row.first_seen),
        lastSeen,
      };
    },
  };
}

/** A value of calls that are told apart by more than others; NULL for the others. */
function ofWhole(value: Sql, { outcomes }: WholeCalls): Sql {
  return sql`CASE WHEN ${isOneOf(outcomes)} THEN ${value} END`;
}

function isOneOf(outcomes: readonly Outcome[]): Sql {
  return join(isAnyOf('outcome', outcomes), ' AND ');
}

/**
 * What the principal adds to the caller. A role and a session of it may be told apart by policies; two
 * sessions are told apart where that was asked for.
 */
function principalKey(options: {
  isTold: boolean;
  toldFor?: readonly Outcome[];
}): Sql {
  const { isTold, toldFor = [] } = options;
  if (isTold) {
    return principal;
  }
  const kind = sql`CASE WHEN strpos(${principal}, ':assumed-role/') > 0 THEN 'session' ELSE 'other' END`;
  return toldFor.length === 0
    ? kind
    : sql`CASE WHEN ${isOneOf(toldFor)} THEN ${principal} ELSE ${kind} END`;
}

/** Reads tags. A caller has the same ones in many rows that follow each other. */
function tagsReader(): (
  text: string,
) => AccessLogRecord['callerPrincipalTags'] {
  let lastText: string | undefined;
  let lastTags: AccessLogRecord['callerPrincipalTags'];
  return text => {
    if (text !== lastText) {
      lastTags = JSON.parse(text);
      lastText = text;
    }
    return lastTags;
  };
}

/** Whether a field of a record is a text, as it is in the log. */
function isText(field: ShapeField): field is TextField {
  return (
    field !== 'principal' &&
    field !== 'timestamp' &&
    field !== 'callerPrincipalTags'
  );
}
