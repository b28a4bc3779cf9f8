import type { CallScope } from '../types';
import { join, list, name, type Parameter, sql, type Sql } from './Sql';

/** True for rows whose column has any of the values. No values: true for all. */
export function isAnyOf(
  column: string,
  values: readonly Parameter[] | undefined,
): Sql[] {
  if (!values) {
    return [];
  }
  return values.length === 0
    ? [sql`FALSE`]
    : [sql`${name(column)} IN ${list(values)}`];
}

/** True for rows whose column has any of the values, or, with `undefined` among them, none. */
function isAnyOrAbsent(
  column: string,
  values: readonly (Parameter | undefined)[] | undefined,
): Sql[] {
  if (!values?.includes(undefined)) {
    return isAnyOf(column, values as readonly Parameter[] | undefined);
  }
  const present = values.filter(value => value !== undefined);
  const isAbsent = sql`${name(column)} IS NULL`;
  return present.length === 0
    ? [isAbsent]
    : [sql`(${join([...isAnyOf(column, present), isAbsent], ' OR ')})`];
}

/** True for rows within the time. */
export function isWithin({ from, to }: { from: number; to: number }): Sql {
  return sql`time_ms >= ${from} AND time_ms < ${to}`;
}

/** True for the calls that a question is about. */
export function inScope(scope: CallScope): Sql {
  const { accountIds, serviceRange: { from, before } = {} } = scope;
  return join(
    [
      isWithin(scope),
      ...isAnyOf('service_arn', scope.serviceArns),
      ...(from === undefined ? [] : [sql`service_arn >= ${from}`]),
      ...(before === undefined ? [] : [sql`service_arn < ${before}`]),
      ...isAnyOf('caller', scope.callerIds),
      ...isAnyOrAbsent('service_network_arn', scope.serviceNetworkArns),
      ...(accountIds
        ? [
            sql`(${join(
              [
                ...isAnyOf('caller_account', accountIds),
                ...isAnyOf('service_account', accountIds),
              ],
              ' OR ',
            )})`,
          ]
        : []),
    ],
    ' AND ',
  );
}
