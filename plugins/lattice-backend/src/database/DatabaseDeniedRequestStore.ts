import type { DenialCause } from '@lattice-portal/plugin-lattice-common';
import type { Knex } from 'knex';
import type {
  DeniedFilter,
  DeniedRequestStore,
  StoredDeniedRequest,
} from './DeniedRequestStore';
import { isoOf } from './sql';
import { whereCriteria } from './whereCriteria';
import { whereFields } from './whereFields';

type CausesOptions = Parameters<DeniedRequestStore['causes']>[0];
type ListOptions = Parameters<DeniedRequestStore['list']>[0];
type StoredCause = Omit<DenialCause, 'serviceName'>;

/**
 * Reads denied requests from the plugin's database.
 */
export class DatabaseDeniedRequestStore implements DeniedRequestStore {
  static create(options: { knex: Knex }): DatabaseDeniedRequestStore {
    return new DatabaseDeniedRequestStore(options.knex);
  }

  private constructor(private readonly knex: Knex) {}

  async causes(options: CausesOptions): Promise<StoredCause[]> {
    const { range, filter = {}, criteria } = options;
    if (filter.where?.length) {
      return this.#causesOfRequests(options);
    }
    const rows = await this.knex('denied_causes_1h')
      .where('last_seen', '>=', range.from)
      .where('first_seen', '<', range.to)
      .where(columnsOf(filter))
      .where(builder => whereCriteria(builder, criteria))
      .orderBy('last_seen', 'desc');
    return foldCauses(rows);
  }

  async cause(options: { causeId: string }): Promise<StoredCause | undefined> {
    const rows = await this.knex('denied_causes_1h')
      .where({ cause_id: options.causeId })
      .orderBy('last_seen', 'desc');
    return foldCauses(rows)[0];
  }

  async list(options: ListOptions): Promise<StoredDeniedRequest[]> {
    const { after, limit } = options;
    const query = this.#requests(options, after)
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

  #requests(
    options: CausesOptions,
    after?: ListOptions['after'],
  ): Knex.QueryBuilder {
    const { range, filter = {}, criteria } = options;
    // One upper bound alone: SQLite enters the index by one, and should where the page begins.
    const newest = Math.min(range.to - 1, after?.startTime ?? Infinity);
    return this.knex('denied_requests')
      .where('start_time', '>=', range.from)
      .where('start_time', '<=', newest)
      .where(columnsOf(filter))
      .where(builder => whereCriteria(builder, criteria))
      .where(builder =>
        whereFields(builder, { knex: this.knex, conditions: filter.where }),
      );
  }

  /** Hours know nothing of fields. */
  async #causesOfRequests(options: CausesOptions): Promise<StoredCause[]> {
    const { knex } = this;
    const placed = this.#requests(options).select(
      'id',
      'start_time',
      'cause_id',
      'caller_id',
      'caller_kind',
      'caller_account_id',
      'service_arn',
      'method',
      'path_shape',
      'source_vpc_id',
      'outcome',
      knex.raw('count(*) over (partition by cause_id) as count'),
      knex.raw('min(start_time) over (partition by cause_id) as first_seen'),
      knex.raw(
        'row_number() over (partition by cause_id order by start_time desc, id desc) as place',
      ),
    );
    const rows: any[] = await knex
      .from(placed.as('placed'))
      .where({ place: 1 })
      .orderBy([
        { column: 'start_time', order: 'desc' },
        { column: 'id', order: 'desc' },
      ]);
    return foldCauses(
      rows.map(row => ({
        ...row,
        last_seen: row.start_time,
        example_id: row.id,
      })),
    );
  }

  async get(options: { id: string }): Promise<StoredDeniedRequest | undefined> {
    const row = await this.knex('denied_requests')
      .where({ id: options.id })
      .first();
    return row && requestOf(row);
  }

  async logsOf(options: { id: string }): Promise<string[]> {
    const rows = await this.knex('denied_request_logs as log')
      .join('log_sources as source', 'source.number', 'log.source_number')
      .where('log.request_id', options.id)
      .orderBy('source.id')
      .select('source.id as id');
    return rows.map(({ id }) => id);
  }

  async serviceArns(): Promise<string[]> {
    // One look into the index for each service: there are far more causes.
    const table = 'denied_causes_1h';
    const rows = await this.knex
      .withRecursive(
        'found',
        this.knex.raw(
          `SELECT min(service_arn) AS service_arn FROM ${table}
          UNION ALL
          SELECT (SELECT min(service_arn) FROM ${table} WHERE service_arn > found.service_arn)
          FROM found WHERE found.service_arn IS NOT NULL`,
        ),
      )
      .from('found')
      .whereNotNull('service_arn')
      .select('service_arn');
    return rows.map(row => row.service_arn);
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

/** Adds up the hours of each cause. Rows are newest first, and so are causes. */
function foldCauses(rows: any[]): StoredCause[] {
  const causes = new Map<string, StoredCause>();
  for (const row of rows) {
    const newer = causes.get(row.cause_id);
    const firstSeen = isoOf(row.first_seen);
    if (newer) {
      newer.count += Number(row.count);
      newer.firstSeen =
        firstSeen < newer.firstSeen ? firstSeen : newer.firstSeen;
    } else {
      causes.set(row.cause_id, {
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
        firstSeen,
        lastSeen: isoOf(row.last_seen),
        exampleId: row.example_id,
      });
    }
  }
  return [...causes.values()];
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
