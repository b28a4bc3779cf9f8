import type {
  CallerKind,
  Outcome,
} from '@lattice-portal/plugin-lattice-common';
import type { Knex } from 'knex';
import { durationColumns } from './durationColumns';
import type {
  NewestCall,
  StoredEdge,
  TimeRange,
  TrafficFilter,
  TrafficStore,
} from './TrafficStore';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
/** The rows of one bucket: an edge has one at most. */
const COLUMNS = [
  'edge_number',
  'count',
  'first_seen',
  'last_seen',
  ...durationColumns,
];
/** One row for each edge, by its number. */
const SUMS = [
  'edge_number',
  'sum(count) as count',
  'min(first_seen) as first_seen',
  'max(last_seen) as last_seen',
  ...durationColumns.map(column => `sum(${column}) as ${column}`),
].join(', ');

/**
 * Reads the roll-ups in the plugin's database.
 */
export class DatabaseTrafficStore implements TrafficStore {
  static create(options: { knex: Knex }): DatabaseTrafficStore {
    return new DatabaseTrafficStore(options.knex);
  }

  private constructor(private readonly knex: Knex) {}

  async edges(options: TimeRange & TrafficFilter): Promise<StoredEdge[]> {
    return this.#edgesIn(options, await this.#edgesOf(options));
  }

  async edgesAndNewestCalls(
    options: TimeRange & TrafficFilter,
  ): Promise<{ edges: StoredEdge[]; newest: NewestCall[] }> {
    const rows = await this.#edgesOf(options);
    return {
      edges: await this.#edgesIn(options, rows),
      newest: rows.map(newestCall),
    };
  }

  async newestCalls(options: {
    serviceArn?: string;
    callerId?: string;
  }): Promise<NewestCall[]> {
    return (await this.#edgesOf(options)).map(newestCall);
  }

  async outcomes(
    options: TimeRange & { serviceArn: string },
  ): Promise<{ bucket: number; outcome: Outcome; count: number }[]> {
    const { from, to, serviceArn } = options;
    const rows = await this.knex('outcomes_5m')
      .where({ service_arn: serviceArn })
      .where('bucket', '>=', from)
      .where('bucket', '<', to)
      .orderBy('bucket');
    return rows.map(row => ({
      bucket: Number(row.bucket),
      outcome: row.outcome,
      count: Number(row.count),
    }));
  }

  async callerOutcomes(
    options: TimeRange & TrafficFilter,
  ): Promise<
    { bucket: number; callerId: string; outcome: Outcome; count: number }[]
  > {
    const { from, to, ...filter } = options;
    const edges = new Map<number, any>();
    for (const row of await this.#edgesOf(filter)) {
      edges.set(Number(row.number), row);
    }
    const rows: any[] = await this.#sumsOf('edges_1h', { from, to }, filter);
    return rows.flatMap(row => {
      const edge = edges.get(Number(row.edge_number));
      return edge
        ? {
            bucket: Number(row.bucket),
            callerId: edge.caller_id,
            outcome: edge.outcome,
            count: Number(row.count),
          }
        : [];
    });
  }

  async callers(): Promise<
    { callerId: string; callerKind: CallerKind; serviceArn: string }[]
  > {
    const rows = await this.knex('edges').distinct(
      'caller_id',
      'caller_kind',
      'service_arn',
    );
    return rows.map(row => ({
      callerId: row.caller_id,
      callerKind: row.caller_kind,
      serviceArn: row.service_arn,
    }));
  }

  /** @param rows - of the edges of the filter */
  async #edgesIn(
    { from, to, ...filter }: TimeRange & TrafficFilter,
    rows: any[],
  ): Promise<StoredEdge[]> {
    const edges = new Map<number, any>();
    for (const row of rows) {
      edges.set(Number(row.number), row);
    }
    const found = new Map<number, StoredEdge>();
    for (const { table, ...part } of partsOf({ from, to })) {
      const query = this.#sumsOf(table, part, filter);
      const sums: any[] = await (isOneBucket(table, part)
        ? query.select(COLUMNS)
        : query.groupBy('edge_number').select(this.knex.raw(SUMS)));
      for (const row of sums) {
        const number = Number(row.edge_number);
        const edge = edges.get(number);
        if (edge) {
          found.set(number, added(found.get(number), storedEdge(edge, row)));
        }
      }
    }
    return [...found.values()];
  }

  /** The rows of a range, of the edges of a filter. */
  #sumsOf(
    table: 'edges_1h' | 'edges_1d',
    { from, to }: TimeRange,
    filter: TrafficFilter,
  ): Knex.QueryBuilder {
    const query = this.knex(table)
      .where('bucket', '>=', from)
      .where('bucket', '<', to);
    const columns = columnsOf(filter);
    return Object.keys(columns).length === 0
      ? query
      : query.whereIn(
          'edge_number',
          this.knex('edges').where(columns).select('number'),
        );
  }

  async #edgesOf(filter: TrafficFilter): Promise<any[]> {
    return this.knex('edges').where(columnsOf(filter));
  }
}

/** Whole days of a range are read as such, and the hours around them. */
function partsOf({
  from,
  to,
}: TimeRange): (TimeRange & { table: 'edges_1h' | 'edges_1d' })[] {
  const firstDay = Math.ceil(from / DAY) * DAY;
  const endOfDays = Math.floor(to / DAY) * DAY;
  if (firstDay >= endOfDays) {
    return [{ table: 'edges_1h', from, to }];
  }
  return [
    { table: 'edges_1h' as const, from, to: firstDay },
    { table: 'edges_1d' as const, from: firstDay, to: endOfDays },
    { table: 'edges_1h' as const, from: endOfDays, to },
  ].filter(part => part.from < part.to);
}

/** Whether a range holds the start of at most one bucket, so that there is nothing to add up. */
function isOneBucket(
  table: 'edges_1h' | 'edges_1d',
  { from, to }: TimeRange,
): boolean {
  return to - from <= (table === 'edges_1d' ? DAY : HOUR);
}

function newestCall(edge: any): NewestCall {
  return {
    serviceArn: edge.service_arn,
    callerId: edge.caller_id,
    callerAccountId: edge.caller_account_id || undefined,
    sourceVpcId: edge.source_vpc_id || undefined,
    outcome: edge.outcome,
    lastSeen: Number(edge.last_seen),
    deniedRequestId: edge.last_denied_id || undefined,
  };
}

function storedEdge(edge: any, sums: any): StoredEdge {
  return {
    serviceArn: edge.service_arn,
    callerId: edge.caller_id,
    callerKind: edge.caller_kind,
    sourceVpcId: edge.source_vpc_id || undefined,
    outcome: edge.outcome,
    count: Number(sums.count),
    firstSeen: Number(sums.first_seen),
    lastSeen: Number(sums.last_seen),
    durations: durationColumns.map(column => Number(sums[column])),
  };
}

function added(known: StoredEdge | undefined, more: StoredEdge): StoredEdge {
  return known
    ? {
        ...known,
        count: known.count + more.count,
        firstSeen: Math.min(known.firstSeen, more.firstSeen),
        lastSeen: Math.max(known.lastSeen, more.lastSeen),
        durations: known.durations.map(
          (count, index) => count + more.durations[index],
        ),
      }
    : more;
}

function columnsOf(filter: TrafficFilter): Record<string, string> {
  const { serviceArn, callerId, sourceVpcId } = filter;
  return {
    ...(serviceArn && { service_arn: serviceArn }),
    ...(callerId && { caller_id: callerId }),
    ...(sourceVpcId && { source_vpc_id: sourceVpcId }),
  };
}
