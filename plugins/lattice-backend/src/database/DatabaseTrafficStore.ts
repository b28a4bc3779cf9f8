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

const DAY = 24 * 60 * 60 * 1000;
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
    const { from, to, ...filter } = options;
    const edges = new Map<number, any>();
    for (const row of await this.#edgesOf(filter)) {
      edges.set(Number(row.number), row);
    }
    const found = new Map<number, StoredEdge>();
    for (const { table, ...part } of partsOf({ from, to })) {
      const query = this.#sumsOf(table, part, filter)
        .groupBy('edge_number')
        .select(this.knex.raw(SUMS));
      for (const row of (await query) as any[]) {
        const number = Number(row.edge_number);
        const edge = edges.get(number);
        if (edge) {
          found.set(number, added(found.get(number), storedEdge(edge, row)));
        }
      }
    }
    return [...found.values()];
  }

  async newestCalls(options: {
    serviceArn?: string;
    callerId?: string;
  }): Promise<NewestCall[]> {
    const rows = await this.#edgesOf(options);
    return rows.map(row => ({
      serviceArn: row.service_arn,
      callerId: row.caller_id,
      callerAccountId: row.caller_account_id || undefined,
      sourceVpcId: row.source_vpc_id || undefined,
      outcome: row.outcome,
      lastSeen: Number(row.last_seen),
      deniedRequestId: row.last_denied_id || undefined,
    }));
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
