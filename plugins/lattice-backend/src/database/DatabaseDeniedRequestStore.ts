import type {
  DenialCause,
  LineCount,
} from '@lattice-portal/plugin-lattice-common';
import type { Knex } from 'knex';
import { countNewest } from './countNewest';
import type {
  DeniedFilter,
  DeniedRequestStore,
  StoredDeniedRequest,
} from './DeniedRequestStore';
import { logIdOf } from './logIdOf';
import {
  type CausePage,
  causesByHour,
  causesByRequest,
  countByHour,
} from './pagesOfCauses';
import { isoOf } from './sql';
import { whereCriteria } from './whereCriteria';
import { whereFields } from './whereFields';
import { findTexts, whereTexts } from './whereTexts';
import { whereWords } from './whereWords';

type CausesOptions = Parameters<DeniedRequestStore['causes']>[0];
type ListOptions = Parameters<DeniedRequestStore['list']>[0];
type StoredCause = Omit<DenialCause, 'serviceName'>;
type CountOptions = Parameters<DeniedRequestStore['count']>[0];
type Narrowing = { filter: DeniedFilter; criteria: CausesOptions['criteria'] };

/** So many are counted in some milliseconds; of requests, fewer where an index does not tell all that counts. */
const MOST_IN_INDEX = 5_000;
const MOST_REQUESTS = 3_000;
const MOST_HOURS_OF_CAUSES = 10_000;
/** The last time that ISO 8601 has. */
const END_OF_TIME = 8_640_000_000_000_000;

/**
 * Reads denied requests from the plugin's database.
 */
export class DatabaseDeniedRequestStore implements DeniedRequestStore {
  static create(options: { knex: Knex }): DatabaseDeniedRequestStore {
    return new DatabaseDeniedRequestStore(options.knex);
  }

  private constructor(private readonly knex: Knex) {}

  async causes(options: CausesOptions): Promise<StoredCause[]> {
    const { range, filter = {}, criteria, after, limit } = options;
    const page = { range, after, limit };
    // Hours know nothing of fields.
    const rows = await (filter.where?.length
      ? causesByRequest(this.knex, {
          ...page,
          ofCauses: query => this.#narrow(query, { filter, criteria }),
          ofRequests: query => this.#narrowByFields(query, filter),
        })
      : causesByHour(this.knex, {
          ...page,
          ofCauses: await this.#causesOf({ filter, criteria }),
        }));
    return rows.map(causeOf);
  }

  async cause(options: { causeId: string }): Promise<StoredCause | undefined> {
    const [row] = await causesByHour(this.knex, {
      range: { from: 0, to: END_OF_TIME },
      ofCauses: query => query.where({ cause_id: options.causeId }),
    });
    return row && causeOf(row);
  }

  async list(options: ListOptions): Promise<StoredDeniedRequest[]> {
    const { range, filter = {}, criteria, after, limit } = options;
    // One upper bound alone: SQLite enters the index by one, and should where the page begins.
    const newest = Math.min(range.to - 1, after?.startTime ?? Infinity);
    const query = this.knex('denied_requests')
      .where('start_time', '>=', range.from)
      .where('start_time', '<=', newest)
      .modify(builder => this.#narrow(builder, { filter, criteria }))
      .modify(builder => this.#narrowByFields(builder, filter))
      .orderBy([
        { column: 'start_time', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(limit);
    if (after) {
      query.where(builder =>
        builder
          .where('start_time', '<', after.startTime)
          .orWhere(same =>
            same
              .where('start_time', after.startTime)
              .where('id', '<', after.id),
          ),
      );
    }
    const rows: any[] = await query;
    return rows.map(requestOf);
  }

  async count(options: CountOptions): Promise<LineCount> {
    const { filter = {}, criteria, range } = options;
    const { serviceArn, words, where, ...others } = filter;
    const isInIndex =
      Object.keys(columnsOf(others)).length === 0 &&
      !words?.length &&
      !where?.length &&
      !(serviceArn && criteria);
    return countNewest({
      from: range.from,
      rows: from =>
        this.knex('denied_requests')
          .where('start_time', '>=', from)
          .where('start_time', '<', range.to)
          .modify(query =>
            serviceArn ? query.where('service_arn', serviceArn) : query,
          ),
      time: 'start_time',
      narrow: query =>
        query
          .modify(builder => this.#narrow(builder, { filter, criteria }))
          .modify(builder => this.#narrowByFields(builder, filter))
          .count({ count: '*' }),
      most: isInIndex ? MOST_IN_INDEX : MOST_REQUESTS,
    });
  }

  async countOfCauses(options: CountOptions): Promise<LineCount> {
    const { filter = {}, criteria, range } = options;
    // Hours know nothing of fields.
    return filter.where?.length
      ? this.count(options)
      : countByHour(this.knex, {
          range,
          ofCauses: await this.#causesOf({ filter, criteria }),
          most: MOST_HOURS_OF_CAUSES,
        });
  }

  /** Narrows causes that are kept. */
  async #causesOf({
    filter,
    criteria,
  }: Narrowing): Promise<CausePage['ofCauses']> {
    const words = await findTexts(this.knex, filter.words);
    return query =>
      query
        .where(columnsOf(filter))
        .where(builder => whereCriteria(builder, criteria))
        .where(builder => whereTexts(builder, { knex: this.knex, words }));
  }

  /** Narrows denied requests. */
  #narrow(query: Knex.QueryBuilder, { filter, criteria }: Narrowing): void {
    query
      .where(columnsOf(filter))
      .where(builder => whereCriteria(builder, criteria))
      .where(builder =>
        whereWords(builder, { knex: this.knex, words: filter.words }),
      );
  }

  #narrowByFields(query: Knex.QueryBuilder, { where }: DeniedFilter): void {
    query.where(builder =>
      whereFields(builder, { knex: this.knex, conditions: where }),
    );
  }

  async get(options: { id: string }): Promise<StoredDeniedRequest | undefined> {
    const row = await this.knex('denied_requests')
      .where({ id: options.id })
      .first();
    return row && requestOf(row);
  }

  async logsOf(options: { id: string }): Promise<string[]> {
    const rows = await this.knex
      .with(
        'told',
        this.knex('denied_requests')
          .where({ id: options.id })
          .select('source_number', 'log')
          .union(
            this.knex('denied_request_logs')
              .where({ request_id: options.id })
              .select('source_number', 'log'),
          ),
      )
      .from('told')
      .join('log_sources as source', 'source.number', 'told.source_number')
      .orderBy(['source.id', 'told.log'])
      .select('source.id as id', 'told.log as log');
    return rows.map(({ id, log }) => logIdOf({ sourceId: id, log }));
  }

  async serviceArns(): Promise<string[]> {
    // Each once: there are far more causes.
    return this.knex('denied_texts').where({ part: 'service' }).pluck('text');
  }
}

function columnsOf(filter: DeniedFilter): Record<string, string> {
  const columns = {
    service_arn: filter.serviceArn,
    caller_id: filter.callerId,
    outcome: filter.outcome,
    method: filter.method,
    path_shape: filter.pathShape,
    caller_account_id: filter.callerAccountId,
    source_vpc_id: filter.sourceVpcId,
  };
  return Object.fromEntries(
    Object.entries(columns).flatMap(([column, value]) =>
      value === undefined ? [] : [[column, value]],
    ),
  );
}

function causeOf(row: any): StoredCause {
  return {
    id: row.cause_id,
    callerId: row.caller_id,
    callerKind: row.caller_kind,
    callerAccountId: row.caller_account_id || undefined,
    serviceArn: row.service_arn,
    method: row.method || undefined,
    pathShape: row.path_shape || undefined,
    sourceVpcId: row.source_vpc_id || undefined,
    outcome: row.outcome,
    count: Number(row.count),
    firstSeen: isoOf(row.first_seen),
    lastSeen: isoOf(row.last_seen),
    exampleId: row.example_id,
  };
}

function requestOf(row: any): StoredDeniedRequest {
  return {
    id: row.id,
    startTime: Number(row.start_time),
    causeId: row.cause_id,
    callerId: row.caller_id,
    callerKind: row.caller_kind,
    callerAccountId: row.caller_account_id || undefined,
    outcome: row.outcome,
    record: JSON.parse(row.record),
  };
}
