import type { AccessLogRecord } from '@lattice-portal/access-logs';
import type { Outcome } from '@lattice-portal/plugin-lattice-common';
import { columnOf } from '../schema/callFields';
import type { ColumnType, Value } from '../schema/Column';
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

/** What VPC Lattice authenticated, or who signed. */
const principal = sql`coalesce(resolved_user, caller_principal, '')`;

/** Columns in which calls of one caller to one service mostly differ. */
const USUALLY_DIFFERENT = ['outcome', 'request_method', 'request_path'];

/** What is told of each shape, as columns. */
const COUNTS = ['calls_in_all', 'first_seen', 'last_seen'];

const DAY = 86_400_000;
const MINUTE = 60_000;
/** Of a time in ISO 8601 up to its seconds. */
const MINUTE_LENGTH = '2026-11-22T10:00:'.length;
/** What follows. */
const seconds = Array.from(
  { length: 60 },
  (_, second) => `${String(second).padStart(2, '0')}.000Z`,
);

/** Calls that agree in what was asked for, as one row with their number. */
export function callShapes(
  scope: CallScope & {
    fields: readonly ShapeField[];
    paths?: PathFolding;
    wholeFor?: WholeCalls;
  },
): {
  statement(isVisible: Sql): Statement;
  /** @param cells - of one row, in the order of the statement's columns */
  read(cells: readonly Value[]): CallShape;
} {
  const { paths, wholeFor } = scope;
  const fields = new Set(scope.fields);
  const wholeOnly = new Set(
    wholeFor?.fields.filter(field => !fields.has(field)),
  );
  const told = [...fields, ...wholeOnly];
  const foldsPaths = paths && fields.has('requestPath');
  const onlyNetwork = onlyNetworkOf(scope, fields);
  const columnsOf = (some: readonly ShapeField[]) =>
    some
      .filter(field => field !== 'principal' && field !== 'timestamp')
      .filter(field => !onlyNetwork || field !== 'serviceNetworkArn')
      .map(columnOf);
  const columns = ['service_arn', 'caller', 'outcome', ...columnsOf(told)];
  const columnsOfWhole = columnsOf([...wholeOnly]);
  const isRepeated = (column: string) => !USUALLY_DIFFERENT.includes(column);
  const principalKeys = principalKeysFor({
    isTold: fields.has('principal'),
    wholeFor,
  });
  const repeated = [
    ...columns.filter(isRepeated),
    ...Object.keys(principalKeys),
  ];
  const others = columns.filter(column => !isRepeated(column));
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
  const valueOf = (column: string) => {
    if (principalKeys[column]) {
      return sql`${principalKeys[column]} AS ${name(column)}`;
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
        ...(principalKeys.is_session ? { is_session: 'boolean' } : {}),
        example_principal: 'text',
        ...texts(others),
        calls_in_all: 'integer',
        first_seen: 'integer',
        last_seen: 'integer',
      },
      manyRows: { repeated: repeated.length, exchangeable: 1 },
      sql: sql`SELECT ${join(repeated.map(valueOf), ', ')},
  arbitrary(${principal}) AS example_principal,
  ${join(
    [...others.map(valueOf), sql`count(*) AS calls_in_all`],
    ', ',
  )}, min(time_ms) AS first_seen, max(time_ms) AS last_seen
FROM calls WHERE ${isVisible} AND ${inScope(scope)} AND NOT twin
GROUP BY ${join(keys, ', ')}`,
    }),
    read: shapeReader([...selected, ...COUNTS], onlyNetwork),
  };
}

/** The network that all calls go over, where only calls over it are asked for: engines need not tell it. */
function onlyNetworkOf(
  { serviceNetworkArns }: CallScope,
  fields: ReadonlySet<ShapeField>,
): string | undefined {
  return serviceNetworkArns?.length === 1 && fields.has('serviceNetworkArn')
    ? serviceNetworkArns[0]
    : undefined;
}

/** Makes shapes of rows: there may be hundreds of thousands, and all are alike. */
function shapeReader(
  columns: readonly string[],
  onlyNetwork: string | undefined,
): (cells: readonly Value[]) => CallShape {
  const at = (column: string) => columns.indexOf(column);
  const textAt = (column: string) => {
    const index = at(column);
    return (cells: readonly Value[]) => {
      const value = index === -1 ? undefined : cells[index];
      return value === undefined ? undefined : String(value);
    };
  };
  const [calls, first, last] = COUNTS.map(at);
  const [service, outcome] = ['service_arn', 'outcome'].map(at);
  const principalIn = textAt('example_principal');
  const networkIn = onlyNetwork
    ? () => onlyNetwork
    : textAt('service_network_arn');
  const methodIn = textAt('request_method');
  const pathIn = textAt('request_path');
  const vpcArnIn = textAt('source_vpc_arn');
  const vpcIn = textAt('source_vpc_id');
  const organizationIn = textAt('caller_principal_org_id');
  const tagsIn = textAt('caller_principal_tags');
  const readTags = tagsReader();
  const timeText = timeTexts();
  return cells => {
    const lastSeen = Number(cells[last]);
    return {
      record: {
        startTime: timeText(lastSeen),
        timestamp: lastSeen,
        serviceArn: String(cells[service]),
        // Without characters: null.
        resolvedUser: principalIn(cells) || undefined,
        serviceNetworkArn: networkIn(cells),
        requestMethod: methodIn(cells),
        requestPath: pathIn(cells),
        sourceVpcArn: vpcArnIn(cells),
        sourceVpcId: vpcIn(cells),
        callerPrincipalOrgId: organizationIn(cells),
        callerPrincipalTags: readTags(tagsIn(cells)),
        other: {},
      },
      outcome: cells[outcome] as Outcome,
      count: Number(cells[calls]),
      firstSeen: Number(cells[first]),
      lastSeen,
    };
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
 * What the principal adds to the caller, as columns. A role and a session of it may be told apart by
 * policies; two sessions are told apart where that was asked for.
 */
function principalKeysFor(options: {
  isTold: boolean;
  wholeFor?: WholeCalls;
}): Record<string, Sql> {
  const { isTold, wholeFor } = options;
  if (isTold) {
    return { principal_key: principal };
  }
  return {
    // Of each column by itself: few principals have many calls, and engines look at each of them once.
    is_session: sql`coalesce(strpos(resolved_user, ':assumed-role/'), strpos(caller_principal, ':assumed-role/'), 0) > 0`,
    ...(wholeFor ? { principal_key: ofWhole(principal, wholeFor) } : {}),
  };
}

/** Times in ISO 8601. Records have whole seconds, and mostly of one day: few texts are made anew. */
function timeTexts(): (time: number) => string {
  let lastDay = NaN;
  let minutes: string[] = [];
  return time => {
    const day = Math.floor(time / DAY);
    const inDay = time - day * DAY;
    const second = (inDay % MINUTE) / 1000;
    if (!Number.isInteger(second)) {
      return new Date(time).toISOString();
    }
    if (day !== lastDay) {
      minutes = [];
      lastDay = day;
    }
    const minute = Math.floor(inDay / MINUTE);
    minutes[minute] ??= new Date(time).toISOString().slice(0, MINUTE_LENGTH);
    return minutes[minute] + seconds[second];
  };
}

/** Reads tags. A caller has the same ones in many rows that follow each other. */
function tagsReader(): (
  text: string | undefined,
) => AccessLogRecord['callerPrincipalTags'] {
  let lastText: string | undefined;
  let lastTags: AccessLogRecord['callerPrincipalTags'];
  return text => {
    if (text !== lastText) {
      lastTags = text === undefined ? undefined : JSON.parse(text);
      lastText = text;
    }
    return lastTags;
  };
}
