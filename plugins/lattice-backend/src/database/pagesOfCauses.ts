import type { LineCount } from '@lattice-portal/plugin-lattice-common';
import type { Knex } from 'knex';
import { countNewest } from './countNewest';
import type { TimeRange } from './TrafficStore';

const HOUR = 60 * 60 * 1000;
const HOURS = 'denied_causes_1h';
const COLUMNS = [
  'cause_id',
  'caller_id',
  'caller_kind',
  'caller_account_id',
  'service_arn',
  'method',
  'path_shape',
  'source_vpc_id',
  'outcome',
];

/** Which causes to give, newest first. */
export interface CausePage {
  range: TimeRange;
  /** Narrows by columns of a cause, the same in all its rows. */
  ofCauses: (query: Knex.QueryBuilder) => void;
  /** Those after this place: milliseconds since the epoch, and the cause's id. */
  after?: { lastSeen: number; id: string };
  /** Absent: all. */
  limit?: number;
}

/** @see walk */
interface Place extends CausePage {
  /** The column that is walked. */
  time: string;
  /** Milliseconds since the epoch: where the walk begins. */
  newest: number;
}

/**
 * Causes by the hours that touch a range, newest first: one row for each, with what its hours add up to.
 *
 * @remarks
 * A page takes a walk from the newest on, whatever the range is; hours are added up for the causes of the
 * page alone. The walk is over causes if nothing was denied since the range, as for windows that end now;
 * else over hours, of which one stands for its cause if none of the range is newer.
 */
export async function causesByHour(
  knex: Knex,
  page: CausePage,
): Promise<any[]> {
  const { to } = page.range;
  const later = await knex('denied_causes')
    .where('last_seen', '>=', to)
    .first();
  const place = { ...page, time: 'last_seen', newest: to + HOUR - 1 };
  const newest = (
    later === undefined
      ? newestCauses(knex, place)
      : newestHours(knex, to).modify(walk, place)
  ).select(...COLUMNS, 'last_seen', 'example_id');
  const sums = knex(HOURS)
    .modify(whereTouches, page.range)
    .sum({ count: 'count' })
    .min({ first_seen: 'first_seen' });
  return addedUp(knex, newest, sums);
}

/** The walk asks for ids alone: PostgreSQL would read whole rows to know what the index tells. */
function newestCauses(knex: Knex, place: Place): Knex.QueryBuilder {
  return knex('denied_causes').whereIn(
    'cause_id',
    knex('denied_causes').modify(walk, place).select('cause_id'),
  );
}

/** Of each cause, of those that begin before the end of a range. */
function newestHours(knex: Knex, to: number): Knex.QueryBuilder {
  return (
    knex({ newest: HOURS })
      .where('first_seen', '<', to)
      // A subquery for each row: as a join, PostgreSQL would read all there is before the first.
      .where(
        'bucket',
        knex({ newer: HOURS })
          .where('newer.cause_id', knex.ref('newest.cause_id'))
          .where('newer.bucket', '<', to)
          .where('newer.first_seen', '<', to)
          .orderBy('newer.bucket', 'desc')
          .limit(1)
          .select('newer.bucket'),
      )
  );
}

/**
 * What the hours of all causes add up to; of many the newest do.
 *
 * @param options - `most`: so many hours are looked at
 */
export async function countByHour(
  knex: Knex,
  options: Pick<CausePage, 'range' | 'ofCauses'> & { most: number },
): Promise<LineCount> {
  const { range, ofCauses, most } = options;
  return countNewest({
    from: range.from,
    rows: from =>
      knex(HOURS)
        .where('last_seen', '>=', from)
        .where('last_seen', '<', range.to + HOUR),
    time: 'last_seen',
    narrow: (rows, from) =>
      rows
        .modify(whereBetween, { ...range, from })
        .modify(ofCauses)
        .sum({ count: 'count' }),
    most,
  });
}

/** Narrows to the hours of causes that touch a range. */
function whereTouches(query: Knex.QueryBuilder, range: TimeRange): void {
  query.where('last_seen', '>=', range.from).modify(whereBetween, range);
}

/** As {@link whereTouches}, where those that ended before are left out already. */
function whereBetween(query: Knex.QueryBuilder, { from, to }: TimeRange): void {
  query
    .where('bucket', '>', from - HOUR)
    .where('bucket', '<', to)
    .where('first_seen', '<', to);
}

/**
 * Causes counted anew from the denied requests of a range, newest first: for what hours don't know.
 *
 * @param page - `ofRequests`: narrows by what tells requests of a cause from one another
 */
export async function causesByRequest(
  knex: Knex,
  page: CausePage & { ofRequests: (query: Knex.QueryBuilder) => void },
): Promise<any[]> {
  const { from, to } = page.range;
  const table = 'denied_requests';
  // From the request on, so that each request of a cause is looked at for one other at most.
  const newer = knex({ newer: table })
    .where('newer.cause_id', knex.ref('newest.cause_id'))
    .where('newer.start_time', '>=', knex.ref('newest.start_time'))
    .where('newer.start_time', '<', to)
    .where(builder =>
      builder
        .where('newer.start_time', '>', knex.ref('newest.start_time'))
        .orWhere('newer.id', '>', knex.ref('newest.id')),
    )
    .modify(page.ofRequests)
    .orderBy('newer.start_time')
    .limit(1)
    .select('newer.id');
  const newest = knex({ newest: table })
    .modify(page.ofRequests)
    .whereRaw('? is null', [newer])
    .select(...COLUMNS, 'start_time as last_seen', 'id as example_id')
    .modify(walk, { ...page, time: 'start_time', newest: to - 1 });
  const sums = knex(table)
    .where('start_time', '>=', from)
    .where('start_time', '<', to)
    .modify(page.ofRequests)
    .count({ count: '*' })
    .min({ first_seen: 'start_time' });
  return addedUp(knex, newest, sums);
}

/** Narrows to a page, beginning where the one before ended. */
function walk(query: Knex.QueryBuilder, place: Place): void {
  const { range, after, limit, time } = place;
  query
    .where(time, '>=', range.from)
    // One upper bound alone: SQLite enters the index by one.
    .where(time, '<=', Math.min(place.newest, after?.lastSeen ?? Infinity))
    .modify(place.ofCauses)
    .orderBy([
      { column: time, order: 'desc' },
      { column: 'cause_id', order: 'desc' },
    ]);
  if (after) {
    query.where(builder =>
      builder
        .where(time, '<', after.lastSeen)
        .orWhere(same =>
          same.where(time, after.lastSeen).where('cause_id', '<', after.id),
        ),
    );
  }
  if (limit !== undefined) {
    query.limit(limit);
  }
}

/** One statement, so that what is added up is what was walked. */
function addedUp(
  knex: Knex,
  newest: Knex.QueryBuilder,
  sums: Knex.QueryBuilder,
): Knex.QueryBuilder {
  return knex
    .withMaterialized('page', newest)
    .from('page')
    .join(
      sums
        .whereIn('cause_id', knex.from('page').select('cause_id'))
        .groupBy('cause_id')
        .select('cause_id')
        .as('sums'),
      'sums.cause_id',
      'page.cause_id',
    )
    .orderBy([
      { column: 'page.last_seen', order: 'desc' },
      { column: 'page.cause_id', order: 'desc' },
    ])
    .select('page.*', 'sums.count', 'sums.first_seen');
}
