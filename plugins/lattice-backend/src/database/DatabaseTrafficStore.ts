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
import { FIVE_MINUTES, outcomeColumns } from './outcomeColumns';
import { forValues, piecesOf, readColumns } from './sql';
import type {
  EdgeTraffic,
  NewestCall,
  OutcomeCount,
  TimeRange,
  TrafficFilter,
  TrafficStore,
} from './TrafficStore';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
/** More than a year's hours of one service are read as a range. */
const MOST_LOOKS = 10_000;
/** Values of one `IN (…)`, beside those of the hours. */
const SOME_SERVICES = 500;
/** Of a range, each piece is read anew: below the 32,766 variables of SQLite. */
const MOST_SERVICES = 30_000;
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
    const { serviceNetworkArn, ...others } = filter;
    return Object.keys(columnsOf(others)).length === 0
      ? this.memory.traffic(ranges, { serviceNetworkArn })
      : this.#trafficOf(filter, ranges);
  }

  async newestCalls(options: {
    serviceArn?: string;
    callerId?: string;
  }): Promise<NewestCall[]> {
    return newestByEdge((await this.#edgesOf(options)).map(toNewestCall));
  }

  async outcomes(
    options: TimeRange & {
      serviceArns: readonly string[];
      serviceNetworkArn?: string;
    },
  ): Promise<OutcomeCount[]> {
    const { from, to, serviceArns, serviceNetworkArn } = options;
    const rowsOf = (
      services: readonly string[],
      narrow: (query: Knex.QueryBuilder) => void,
    ) =>
      this.knex('outcomes_5m')
        .modify(narrow)
        .whereIn('service_arn', services)
        .where(columnsOf({ serviceNetworkArn }))
        .groupBy('bucket', 'outcome')
        .orderBy('bucket')
        .select('bucket', 'outcome')
        .sum(Object.fromEntries(outcomeColumns.map(name => [name, name])));
    const hours = hoursOf({ from, to });
    const rows: any[] = [];
    // Each hour of a service by itself is one look into the index; a range is all services of its hours.
    const isRange = hours.length * serviceArns.length > MOST_LOOKS;
    for (const services of piecesOf(
      serviceArns,
      isRange ? MOST_SERVICES : SOME_SERVICES,
    )) {
      const found = isRange
        ? await rowsOf(services, query =>
            query.where('bucket', '>', from - HOUR).where('bucket', '<', to),
          )
        : await forValues(hours, piece =>
            rowsOf(services, query => query.whereIn('bucket', piece)),
          );
      rows.push(...found);
    }
    return rows
      .flatMap(fiveMinutesOf)
      .filter(({ bucket }) => bucket >= from && bucket < to);
  }

  async callerOutcomes(
    options: TimeRange &
      TrafficFilter & {
        isMeant?: (edge: { callerId: string; serviceArn: string }) => boolean;
      },
  ): Promise<OutcomeCount[]> {
    const { from, to, isMeant = () => true, ...filter } = options;
    const numbers = new Map<Outcome, number[]>();
    for (const row of await this.#edgesOf(filter)) {
      if (isMeant({ callerId: row.caller_id, serviceArn: row.service_arn })) {
        const ofOutcome = numbers.get(row.outcome) ?? [];
        ofOutcome.push(Number(row.number));
        numbers.set(row.outcome, ofOutcome);
      }
    }
    const found: OutcomeCount[] = [];
    for (const [outcome, edges] of numbers) {
      const rows: any[] = await forValues(edges, piece =>
        this.knex('edges_1h')
          .whereIn('edge_number', piece)
          .where('bucket', '>=', from)
          .where('bucket', '<', to)
          .groupBy('bucket')
          .select('bucket')
          .sum({ count: 'count' }),
      );
      found.push(
        ...rows.map(({ bucket, count }) => ({
          bucket: Number(bucket),
          outcome,
          count: Number(count),
        })),
      );
    }
    return found;
  }

  async serviceArns(): Promise<string[]> {
    const rows = await this.knex('edges').distinct('service_arn');
    return rows.map(row => row.service_arn);
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

/** What is read of a service is of one network or another: the newest of both is the edge's. */
function newestByEdge(calls: NewestCall[]): NewestCall[] {
  const newest = new Map<string, NewestCall>();
  for (const call of calls) {
    const { serviceArn, callerId, sourceVpcId, outcome } = call;
    const key = JSON.stringify([serviceArn, callerId, sourceVpcId, outcome]);
    const known = newest.get(key);
    if (!known || call.lastSeen > known.lastSeen) {
      newest.set(key, call);
    }
  }
  return [...newest.values()];
}

function hoursOf({ from, to }: TimeRange): number[] {
  const first = Math.floor(from / HOUR);
  return Array.from(
    { length: Math.max(0, Math.ceil(to / HOUR) - first) },
    (_, index) => (first + index) * HOUR,
  );
}

/** @param row - of an hour */
function fiveMinutesOf(row: any): OutcomeCount[] {
  return outcomeColumns.flatMap((column, index) => {
    const count = Number(row[column]);
    const bucket = Number(row.bucket) + index * FIVE_MINUTES;
    return count > 0 ? [{ bucket, outcome: row.outcome, count }] : [];
  });
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
  const { serviceArn, callerId, sourceVpcId, serviceNetworkArn } = filter;
  return {
    ...(serviceArn && { service_arn: serviceArn }),
    ...(callerId && { caller_id: callerId }),
    ...(sourceVpcId && { source_vpc_id: sourceVpcId }),
    ...(serviceNetworkArn !== undefined && {
      service_network_arn: serviceNetworkArn,
    }),
  };
}
