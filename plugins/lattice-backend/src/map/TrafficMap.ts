import {
  type AnswerBasis,
  callerAccountId,
  type CallerKind,
  type Completeness,
  exactLines,
  type LineCount,
  type LogSourceStatus,
  type OutcomeCounts,
  type OutcomesOverTime,
  parseArn,
  type ServiceCallers,
  type ServiceMap,
  sumOutcomeCounts,
  totalCalls,
} from '@lattice-portal/plugin-lattice-common';
import type {
  IngestStore,
  StoredLogSourceStatus,
} from '../database/IngestStore';
import type {
  TimeRange,
  TrafficFilter,
  TrafficStore,
} from '../database/TrafficStore';
import type { EstateService } from '../estate/EstateService';
import type { DeniedRequestParties } from '../authorization/permissionResources';
import { smallestStep, toOutcomeBuckets } from './toOutcomeBuckets';
import { toMapEdges } from './toMapEdges';
import { sourceGapsOf } from '../records/sourceGapsOf';
import { toServiceCallers } from './toServiceCallers';
import { toMapCallers, toServiceMap } from './toServiceMap';
import { widen, windowOf } from './timeWindow';

const HOUR = 60 * 60 * 1000;

/** Whether the viewer may see a service. */
type Allows = (service: { arn: string; owner?: string }) => boolean;

/** Whether the viewer may read a denied request. */
type AllowsDenied = (denied: DeniedRequestParties) => boolean;

/** What an answer rests on. */
type Basis = AnswerBasis & { completeness: Completeness };

/** Which calls; what is absent does not narrow. */
export interface CallFilter extends TrafficFilter {
  /** Of the caller. */
  callerAccountId?: string;
  /** Of the caller or of the service. */
  accountId?: string;
}

/**
 * Answers who calls whom, for one viewer at a time.
 */
export class TrafficMap {
  static create(options: {
    estate: EstateService;
    traffic: TrafficStore;
    ingest: IngestStore;
    now?: () => number;
  }): TrafficMap {
    return new TrafficMap(options);
  }

  private constructor(
    private readonly options: Parameters<typeof TrafficMap.create>[0],
  ) {}

  /** Edges are kept by the hour, so the window is widened to whole hours; the answer says so. */
  async map(options: {
    range: TimeRange;
    filter?: CallFilter;
    allows: Allows;
    allowsDenied: AllowsDenied;
  }): Promise<ServiceMap> {
    const { allows } = options;
    const index = await this.options.estate.current();
    const { edges, callerKinds, range } = await this.#edges(options);
    const map = toServiceMap({ index, edges, callerKinds, allows });
    return { ...(await this.basis(range, linesOf(map.edges))), ...map };
  }

  async callersOf(options: {
    range: TimeRange;
    filter: CallFilter & { serviceArn: string };
    allowsDenied: AllowsDenied;
  }): Promise<ServiceCallers> {
    const { edges, callerKinds, range } = await this.#edges(options);
    return {
      ...(await this.basis(range, linesOf(edges))),
      callers: toServiceCallers({
        callers: toMapCallers(edges, callerKinds),
        edges,
      }),
      edges,
    };
  }

  /**
   * @param options - `step` in seconds, rounded up to a multiple of five minutes, and of an hour if only
   * some of the service's callers are asked for
   */
  async outcomes(options: {
    filter: CallFilter & { serviceArn: string };
    range: TimeRange;
    step: number;
  }): Promise<OutcomesOverTime> {
    const { serviceArn, ...ofCallers } = options.filter;
    const isOfCallers = Object.values(ofCallers).some(
      value => value !== undefined,
    );
    const smallest = isOfCallers ? HOUR / 1000 : smallestStep;
    const step = Math.max(1, Math.ceil(options.step / smallest)) * smallest;
    const range = widen({
      range: options.range,
      step: step * 1000,
      now: this.#now(),
    });
    const rows = isOfCallers
      ? await this.#callerOutcomes(range, options.filter)
      : await this.options.traffic.outcomes({ ...range, serviceArn });
    const buckets = toOutcomeBuckets({ rows, range, step });
    return { ...(await this.basis(range, linesOf(buckets))), step, buckets };
  }

  async #callerOutcomes(
    range: TimeRange,
    filter: CallFilter & { serviceArn: string },
  ) {
    const { callerAccountId: _, accountId: __, ...columns } = filter;
    const rows = await this.options.traffic.callerOutcomes({
      ...range,
      ...columns,
    });
    const { serviceArn } = filter;
    return rows.filter(({ callerId }) =>
      isOfAccounts({ callerId, serviceArn }, filter),
    );
  }

  /** What every answer says of itself. */
  async basis(range: TimeRange, lines: LineCount): Promise<Basis> {
    const sources = await this.options.ingest.sources();
    return {
      window: windowOf(range),
      lines,
      gaps: sourceGapsOf({ sources, span: range, now: this.#now() }),
      completeness: await this.#completenessBy(sources),
    };
  }

  async completeness(): Promise<Completeness> {
    return this.#completenessBy(await this.options.ingest.sources());
  }

  async #completenessBy(
    sources: StoredLogSourceStatus[],
  ): Promise<Completeness> {
    const index = await this.options.estate.current();
    const sum = (
      key:
        | 'linesRead'
        | 'stored'
        | 'connections'
        | 'duplicates'
        | 'twins'
        | 'unparsed',
    ) => sources.reduce((total, source) => total + source[key], 0);
    return {
      linesRead: sum('linesRead'),
      stored: sum('stored'),
      connections: sum('connections'),
      duplicates: sum('duplicates'),
      twins: sum('twins'),
      unparsed: sum('unparsed'),
      sources: sources.map(toStatus),
      accounts: index.snapshots.map(({ estate: _, ...freshness }) => freshness),
    };
  }

  async #edges(options: {
    range: TimeRange;
    filter?: CallFilter;
    allowsDenied: AllowsDenied;
  }) {
    const { filter = {}, allowsDenied } = options;
    const { callerAccountId: _, accountId: __, ...columns } = filter;
    const range = widen({ range: options.range, step: HOUR, now: this.#now() });
    const found = await this.options.traffic.traffic({ ...range, ...columns });
    const traffic = found.filter(edge => isOfAccounts(edge, filter));
    const callerKinds = new Map<string, CallerKind>(
      traffic.map(edge => [edge.callerId, edge.callerKind]),
    );
    return {
      edges: toMapEdges({ traffic, allowsDenied }),
      callerKinds,
      range,
    };
  }

  #now(): number {
    return this.options.now?.() ?? Date.now();
  }
}

function linesOf(parts: readonly { counts: OutcomeCounts }[]): LineCount {
  const counts = parts.map(part => part.counts);
  return exactLines(totalCalls(sumOutcomeCounts(counts)));
}

function toStatus(source: StoredLogSourceStatus): LogSourceStatus {
  const {
    number: _,
    stored,
    connections,
    duplicates,
    twins,
    ...status
  } = source;
  return status;
}

function isOfAccounts(
  call: { callerId: string; serviceArn: string },
  filter: CallFilter,
): boolean {
  if (filter.callerAccountId === undefined && filter.accountId === undefined) {
    return true;
  }
  const ofCaller = callerAccountId(call.callerId);
  const ofService = parseArn(call.serviceArn)?.accountId;
  return (
    (filter.callerAccountId === undefined ||
      filter.callerAccountId === ofCaller) &&
    (filter.accountId === undefined ||
      [ofCaller, ofService].includes(filter.accountId))
  );
}
