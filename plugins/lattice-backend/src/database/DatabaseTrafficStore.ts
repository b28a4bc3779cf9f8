import type {
  CallerKind,
  Outcome,
} from '@lattice-portal/plugin-lattice-common';
import type { Knex } from 'knex';
import { durationColumns } from './durationColumns';
import { EdgeMemory } from './EdgeMemory';
import { edgeRowColumns, EdgeRows, EdgeSums } from './EdgeSums';
import type { EdgeSumsTable } from './edgeVersions';
import { KnownEdges, toNewestCall } from './KnownEdges';
import { readColumns } from './sql';
import type {
  EdgeTraffic,
  NewestCall,
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
    return new DatabaseTrafficStore(
      options.knex,
      EdgeMemory.create({ knex: options.knex }),
    );
  }

  private constructor(
    private readonly knex: Knex,
    private readonly memory: EdgeMemory,
  ) {}

  async traffic(
    options: TimeRange & TrafficFilter,
  ): Promise<readonly EdgeTraffic[]> {
    const { from, to, ...filter } = options;
    const ranges = rangesOf({ from, to });
    return Object.keys(columnsOf(filter)).length === 0
      ? this.memory.traffic(ranges)
      : this.#trafficOf(filter, ranges);
  }

  async newestCalls(options: {
    serviceArn?: string;
    callerId?: string;
  }): Promise<NewestCall[]> {
    return (await this.#edgesOf(options)).map(toNewestCall);
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

  /** Few of all edges: the database finds and adds up their rows faster than all could be read. */
  async #trafficOf(
    filter: TrafficFilter,
    ranges: (TimeRange & { table: EdgeSumsTable })[],
  ): Promise<EdgeTraffic[]> {
    const edges = KnownEdges.of(await this.#edgesOf(filter));
    const sums = EdgeSums.for(edges.numbers);
    for (const { table, ...range } of ranges) {
      const rows = this.#sumsOf(table, range, filter)
        .groupBy('edge_number')
        .orderBy('edge_number')
        .select(this.knex.raw(SUMS));
      const columns = await readColumns(this.knex, rows, edgeRowColumns);
      sums.add(EdgeRows.of(columns, range.from));
    }
    return edges.withCalls(sums);
  }

  /** The rows of a range, of the edges of a filter. */
  #sumsOf(
    table: EdgeSumsTable,
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

  #edgesOf(filter: TrafficFilter): Knex.QueryBuilder {
    return this.knex('edges').where(columnsOf(filter));
  }
}

/** Whole days of a range are read as such, and the hours around them. */
function rangesOf({
  from,
  to,
}: TimeRange): (TimeRange & { table: EdgeSumsTable })[] {
  const firstDay = Math.ceil(from / DAY) * DAY;
  const endOfDays = Math.floor(to / DAY) * DAY;
  if (firstDay >= endOfDays) {
    return [{ table: 'edges_1h', from, to }];
  }
  return [
    { table: 'edges_1h' as const, from, to: firstDay },
    { table: 'edges_1d' as const, from: firstDay, to: endOfDays },
    { table: 'edges_1h' as const, from: endOfDays, to },
  ].filter(range => range.from < range.to);
}

function columnsOf(filter: TrafficFilter): Record<string, string> {
  const { serviceArn, callerId, sourceVpcId } = filter;
  return {
    ...(serviceArn && { service_arn: serviceArn }),
    ...(callerId && { caller_id: callerId }),
    ...(sourceVpcId && { source_vpc_id: sourceVpcId }),
  };
}
