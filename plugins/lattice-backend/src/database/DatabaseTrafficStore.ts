import type {
  CallerKind,
  Outcome,
} from '@lattice-portal/plugin-lattice-common';
import type { Knex } from 'knex';
import { COUNT } from '../ingest/callSums';
import {
  addCounts,
  FIVE_MINUTES,
  noOutcomes,
  type OutcomeCounts,
} from '../ingest/outcomeCounts';
import { EdgeMemory } from './EdgeMemory';
import { EdgeRows, EdgeSums } from './EdgeSums';
import type { EdgeSumsTable } from './edgeVersions';
import { KnownEdges, toNewestCalls } from './KnownEdges';
import { newestByNumber, readNewest } from './newestCalls';
import type { PackedNewest } from './packedNewest';
import { unpackEdges } from './packedEdges';
import { type PackedOutcome, unpackOutcomes } from './packedOutcomes';
import { piecesOf } from './sql';
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
/** Values of one `IN (…)`, beside those of the hours. */
const SOME_SERVICES = 500;
/** Rows that are read in one go: some megabytes. */
const ROWS_AT_ONCE = 5_000;

/** Hours or days that begin within it. */
type EdgeRange = TimeRange & { table: EdgeSumsTable };

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
    const { rows, newest } = await this.#newestOf(options);
    return newestByEdge(toNewestCalls(rows, newest).map(([, call]) => call));
  }

  async outcomes(
    options: TimeRange & {
      serviceArns: readonly string[];
      serviceNetworkArn?: string;
    },
  ): Promise<OutcomeCount[]> {
    const { from, to, serviceArns, serviceNetworkArn } = options;
    const byHour = new Map<number, Map<Outcome, OutcomeCounts>>();
    for await (const { bucket, text } of this.#rowsOf(
      { table: 'outcomes_5m', column: 'outcomes' },
      hoursOf({ from, to }),
      serviceArns,
    )) {
      const ofHour = byHour.get(bucket) ?? new Map<Outcome, OutcomeCounts>();
      byHour.set(bucket, ofHour);
      for (const packed of unpackOutcomes(text)) {
        if (
          (serviceNetworkArn ?? packed.serviceNetworkArn) ===
          packed.serviceNetworkArn
        ) {
          addOutcome(ofHour, packed);
        }
      }
    }
    return [...byHour]
      .sort(([one], [other]) => one - other)
      .flatMap(([hour, outcomes]) =>
        [...outcomes].flatMap(([outcome, counts]) =>
          fiveMinutesOf(hour, outcome, counts),
        ),
      )
      .filter(({ bucket }) => bucket >= from && bucket < to);
  }

  async callerOutcomes(
    options: TimeRange &
      TrafficFilter & {
        isMeant?: (edge: { callerId: string; serviceArn: string }) => boolean;
      },
  ): Promise<OutcomeCount[]> {
    const { from, to, isMeant = () => true, ...filter } = options;
    const outcomeOf = new Map<number, Outcome>();
    const services = new Set<string>();
    for (const row of await this.#edgesOf(filter)) {
      if (isMeant({ callerId: row.caller_id, serviceArn: row.service_arn })) {
        outcomeOf.set(Number(row.number), row.outcome);
        services.add(row.service_arn);
      }
    }
    const found: OutcomeCount[] = [];
    for await (const { bucket, text } of this.#rowsOf(
      { table: 'edges_1h', column: 'edges' },
      bucketsOf({ table: 'edges_1h', from, to }),
      [...services],
    )) {
      const counts = new Map<Outcome, number>();
      for (const [number, sums] of unpackEdges(text)) {
        const outcome = outcomeOf.get(number);
        if (outcome) {
          counts.set(outcome, (counts.get(outcome) ?? 0) + sums[COUNT]);
        }
      }
      for (const [outcome, count] of counts) {
        found.push({ bucket, outcome, count });
      }
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

  /** Few of all edges: those of their services are read faster than all could be. */
  async #trafficOf(
    filter: TrafficFilter,
    ranges: readonly EdgeRange[],
  ): Promise<EdgeTraffic[]> {
    const { rows, newest, services } = await this.#newestOf(filter);
    const known = KnownEdges.of(rows, newest);
    const sums = EdgeSums.for(known.numbers);
    for (const range of ranges) {
      for await (const { bucket, text } of this.#rowsOf(
        { table: range.table, column: 'edges' },
        bucketsOf(range),
        services,
      )) {
        sums.add(EdgeRows.of([text], bucket));
      }
    }
    return known.withCalls(sums);
  }

  /** The texts that are kept of services, each of an hour or a day that starts then. */
  async *#rowsOf(
    kept: { table: string; column: string },
    buckets: readonly number[],
    services: readonly string[],
  ): AsyncGenerator<{ bucket: number; text: string }> {
    for (const arns of piecesOf(services, SOME_SERVICES)) {
      const most = Math.ceil(ROWS_AT_ONCE / arns.length);
      for (const piece of piecesOf(buckets, most)) {
        // Each of a service by itself is one look into the index.
        const rows: any[] = await this.knex(kept.table)
          .whereIn('bucket', piece)
          .whereIn('service_arn', arns)
          .select('bucket', { text: kept.column });
        for (const { bucket, text } of rows) {
          yield { bucket: Number(bucket), text };
        }
      }
    }
  }

  /** Rows of edges, and what is newest of all that their services have. */
  async #newestOf(
    filter: TrafficFilter,
  ): Promise<{ rows: any[]; services: string[]; newest: PackedNewest }> {
    const rows: any[] = await this.#edgesOf(filter);
    const services = [...new Set<string>(rows.map(row => row.service_arn))];
    const newest = newestByNumber(await readNewest(this.knex, services));
    return { rows, services, newest };
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

function bucketsOf({ table, from, to }: EdgeRange): number[] {
  const width = table === 'edges_1h' ? HOUR : DAY;
  const first = Math.ceil(from / width);
  return Array.from(
    { length: Math.max(0, Math.ceil(to / width) - first) },
    (_, index) => (first + index) * width,
  );
}

function hoursOf({ from, to }: TimeRange): number[] {
  const first = Math.floor(from / HOUR);
  return Array.from(
    { length: Math.max(0, Math.ceil(to / HOUR) - first) },
    (_, index) => (first + index) * HOUR,
  );
}

function addOutcome(
  ofHour: Map<Outcome, OutcomeCounts>,
  { outcome, counts }: PackedOutcome,
): void {
  const sums = ofHour.get(outcome as Outcome) ?? noOutcomes();
  addCounts(sums, counts);
  ofHour.set(outcome as Outcome, sums);
}

function fiveMinutesOf(
  hour: number,
  outcome: Outcome,
  counts: OutcomeCounts,
): OutcomeCount[] {
  return counts.flatMap((count, index) =>
    count > 0 ? [{ bucket: hour + index * FIVE_MINUTES, outcome, count }] : [],
  );
}

/** Whole days of a range are read as such, and the hours around them. */
function rangesOf({ from, to }: TimeRange): EdgeRange[] {
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
