import { InputError } from '@backstage/errors';
import type { FieldFilter } from '../AccessLogStore';
import { type CallField, callFields, columnOf } from '../schema/callFields';
import { isAnyOf } from '../sql/scope';
import { name, sql, type Sql } from '../sql/Sql';

/**
 * True for records whose fields are as wanted.
 *
 * @throws InputError for a field that is none, or can't be asked for in that way
 */
export function fieldFilters(
  where: Partial<Record<CallField, FieldFilter>> = {},
): Sql[] {
  return Object.entries(where).flatMap(([field, filter]) => {
    if (!Object.hasOwn(callFields, field)) {
      throw new InputError(`${field} is no field of an access log record`);
    }
    return filterOf(field as CallField, filter);
  });
}

function filterOf(field: CallField, filter: FieldFilter): Sql[] {
  const isText = callFields[field] === 'text';
  const column = name(columnOf(field));
  if ('present' in filter) {
    return [
      filter.present ? sql`${column} IS NOT NULL` : sql`${column} IS NULL`,
    ];
  }
  if ('contains' in filter) {
    refuseUnless(isText, `${field} is a number: contains is for texts`);
    return [sql`strpos(lower(${column}), lower(${filter.contains})) > 0`];
  }
  if ('equals' in filter) {
    const wanted = isText ? 'string' : 'number';
    refuseUnless(
      filter.equals.every(
        value => typeof value === wanted && (isText || Number.isFinite(value)),
      ),
      `${field} is a ${isText ? 'text' : 'number'}: equals has to be of those`,
    );
    return isAnyOf(columnOf(field), filter.equals);
  }
  const { atLeast, below } = filter;
  refuseUnless(
    !isText &&
      [atLeast, below].every(
        bound => bound === undefined || Number.isFinite(bound),
      ),
    `atLeast and below are numbers, for fields that are numbers; ${field} is ${
      isText ? 'a text' : 'one'
    }`,
  );
  return [
    ...(atLeast === undefined ? [] : [sql`${column} >= ${atLeast}`]),
    ...(below === undefined ? [] : [sql`${column} < ${below}`]),
  ];
}

function refuseUnless(isFine: boolean, message: string): void {
  if (!isFine) {
    throw new InputError(message);
  }
}
