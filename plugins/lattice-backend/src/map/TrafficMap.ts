import {
  type AnswerBasis,
  callerAccountId,
  type CallerKind,
  type Completeness,
  exactLines,
  isDenied,
  type LineCount,
  type OutcomeCounts,
  type OutcomesOverTime,
  parseArn,
  type ServiceCallers,
  type ServiceMap,
  sumOutcomeCounts,
  totalCalls,
} from '@lattice-portal/plugin-lattice-common';
import type { LatticeConfig } from '@lattice-portal/plugin-lattice-node';
import type { IngestStore } from '../database/IngestStore';
import type {
  EdgeTraffic,
  OutcomeCount,
  TimeRange,
  TrafficFilter,
  TrafficStore,
} from '../database/TrafficStore';
import type { EstateIndex } from '../estate/EstateIndex';
import type { EstateService } from '../estate/EstateService';
import type { DeniedRequestParties } from '../authorization/permissionResources';
import { isOfAccounts } from '../calls/isOfAccounts';
import { sourceGapsOf } from '../records/sourceGapsOf';
import { completenessOf } from './completenessOf';
import { retentionGapsOf } from './retentionGapsOf';
import {
  requireFewBuckets,
  smallestStep,
  toOutcomeBuckets,
} from './toOutcomeBuckets';
import { toMapEdges } from './toMapEdges';
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

/** Which calls outcomes are of. */
export interface OutcomesFilter extends CallFilter {
  /** Of the service. */
  serviceAccountId?: string;
}

/**
 * Answers who calls whom, for one viewer at a time.
 */
export class TrafficMap {
  static create(options: {
    estate: EstateService;
    traffic: TrafficStore;
    ingest: IngestStore;
    retention: Pick<
      LatticeConfig['accessLogs']['retention'],
      'edgeDays' | 'outcomeDays'
    >;
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
    const { filter = {}, allowsDenied } = options;
    const { retention } = this.options;
    const index = await this.options.estate.current();
    const allows = oncePerService(options.allows, index);
    const range = widen({ range: options.range, step: HOUR, now: this.#now() });
    const traffic = await this.#traffic({ range, filter });
    const map = toServiceMap({
      index,
      edges: toMapEdges({ traffic, allowsDenied }),
      callerKinds: kindsOf(traffic),
      allows: ({ arn }) => allows(arn),
    });
    return {
      ...(await this.#basisOf({
        index,
        range,
        // Each edge is one of a service; there are fewer services.
        lines: linesOf(map.services),
        filter,
        keptDays: retention.edgeDays,
        ofUnknown: async unknown =>
          (await this.#traffic({ range, filter: unknown }))
            .filter(({ serviceArn }) => allows(serviceArn))
            .flatMap(({ calls }) => calls),
      })),
      ...map,
    };
  }

  /** @returns callers of all services that are meant together, with the map's edges of these */
  async callersOf(options: {
    range: TimeRange;
    filter: CallFilter;
    allows: Allows;
    allowsDenied: AllowsDenied;
  }): Promise<ServiceCallers> {
    const { filter, allowsDenied } = options;
    const index = await this.options.estate.current();
    const allows = oncePerService(options.allows, index);
    const range = widen({ range: options.range, step: HOUR, now: this.#now() });
    const trafficOf = async (asked: CallFilter) =>
      (await this.#traffic({ range, filter: asked })).filter(edge =>
        allows(edge.serviceArn),
      );
    const traffic = await trafficOf(filter);
    const edges = toMapEdges({ traffic, allowsDenied });
    return {
      ...(await this.#basisOf({
        index,
        range,
        lines: linesOf(edges),
        filter,
        keptDays: this.options.retention.edgeDays,
        ofUnknown: async unknown =>
          (await trafficOf(unknown)).flatMap(({ calls }) => calls),
      })),
      callers: toServiceCallers({
        callers: toMapCallers(edges, kindsOf(traffic)),
        edges,
      }),
      edges,
    };
  }

  /**
   * @param options - `step` in seconds, rounded up to a multiple of five minutes, and of an hour if only
   * some callers are asked for
   * @throws InputError if there would be more than {@link mostBuckets} buckets
   */
  async outcomes(options: {
    filter: OutcomesFilter;
    range: TimeRange;
    step: number;
    allows: Allows;
  }): Promise<OutcomesOverTime> {
    const { filter } = options;
    const { retention } = this.options;
    const index = await this.options.estate.current();
    const allows = oncePerService(options.allows, index);
    const smallest = isOfCallers(filter) ? HOUR / 1000 : smallestStep;
    const step = Math.max(1, Math.ceil(options.step / smallest)) * smallest;
    const range = widen({
      range: options.range,
      step: step * 1000,
      now: this.#now(),
    });
    requireFewBuckets({ range, step });
    const rows = await this.#outcomeCounts({ range, filter, allows });
    const buckets = toOutcomeBuckets({ rows, range, step });
    return {
      ...(await this.#basisOf({
        index,
        range,
        lines: linesOf(buckets),
        filter,
        keptDays: isOfCallers(filter)
          ? retention.edgeDays
          : retention.outcomeDays,
        ofUnknown: unknown =>
          this.#outcomeCounts({ range, filter: unknown, allows }),
      })),
      step,
      buckets,
    };
  }

  async #outcomeCounts(options: {
    range: TimeRange;
    filter: OutcomesFilter;
    allows: (serviceArn: string) => boolean;
  }): Promise<OutcomeCount[]> {
    const { traffic } = this.options;
    const { range, filter, allows } = options;
    const { serviceArn, serviceAccountId, serviceNetworkArn } = filter;
    const isMeant = (arn: string) =>
      (serviceAccountId === undefined ||
        parseArn(arn)?.accountId === serviceAccountId) &&
      allows(arn);
    if (isOfCallers(filter)) {
      return traffic.callerOutcomes({
        ...range,
        ...columnsOf(filter),
        isMeant: edge =>
          isEdgeOfAccounts(edge, filter) && isMeant(edge.serviceArn),
      });
    }
    const arns = serviceArn ? [serviceArn] : await traffic.serviceArns();
    return traffic.outcomes({
      ...range,
      serviceArns: arns.filter(isMeant),
      serviceNetworkArn,
    });
  }

  /**
   * What every answer says of itself, beside how many lines it rests on.
   *
   * @param options - `keptDays`: how long what it is made of is kept
   */
  async basis(options: {
    index: EstateIndex;
    range: TimeRange;
    keptDays: number;
  }): Promise<Omit<Basis, 'lines'>> {
    const { index, range, keptDays } = options;
    const now = this.#now();
    const sources = await this.options.ingest.sources();
    return {
      window: windowOf(range),
      gaps: [
        ...retentionGapsOf({ range, keptDays, now }),
        ...sourceGapsOf({ sources, span: range, now }),
      ],
      completeness: completenessOf(sources, index),
    };
  }

  async completeness(): Promise<Completeness> {
    return completenessOf(
      await this.options.ingest.sources(),
      await this.options.estate.current(),
    );
  }

  /** Whether calls were denied of which it is not on record which network they came over. */
  async hasDeniedOfUnknownNetwork(options: {
    range: TimeRange;
    filter: CallFilter;
  }): Promise<boolean> {
    const traffic = await this.#traffic({
      range: options.range,
      filter: { ...options.filter, serviceNetworkArn: '' },
    });
    return traffic.some(({ calls }) =>
      calls.some(({ outcome }) => isDenied(outcome)),
    );
  }

  async #traffic(options: {
    range: TimeRange;
    filter: CallFilter;
  }): Promise<EdgeTraffic[]> {
    const { range, filter } = options;
    const found = await this.options.traffic.traffic({
      ...range,
      ...columnsOf(filter),
    });
    return found.filter(edge => isEdgeOfAccounts(edge, filter));
  }

  /**
   * @param options - `ofUnknown`: asks for the same in another network, or in none that is known
   */
  async #basisOf<TFilter extends CallFilter>(options: {
    index: EstateIndex;
    range: TimeRange;
    lines: LineCount;
    filter: TFilter;
    keptDays: number;
    ofUnknown: (filter: TFilter) => Promise<{ count: number }[]>;
  }): Promise<Basis> {
    const { lines, filter, ofUnknown } = options;
    const basis = { ...(await this.basis(options)), lines };
    if (filter.serviceNetworkArn === undefined) {
      return basis;
    }
    const unknown = await ofUnknown({ ...filter, serviceNetworkArn: '' });
    const calls = unknown.reduce((sum, { count }) => sum + count, 0);
    return calls === 0
      ? basis
      : {
          ...basis,
          gaps: [
            ...basis.gaps,
            { kind: 'network-unknown', ...basis.window, calls },
          ],
        };
  }

  #now(): number {
    return this.options.now?.() ?? Date.now();
  }
}

/** The part of a filter that is stored with calls. */
function columnsOf({
  serviceArn,
  callerId,
  sourceVpcId,
  serviceNetworkArn,
}: CallFilter): TrafficFilter {
  return { serviceArn, callerId, sourceVpcId, serviceNetworkArn };
}

/** Whether outcomes are of some callers alone, which only edges know. */
function isOfCallers(filter: OutcomesFilter): boolean {
  return [
    filter.callerId,
    filter.callerAccountId,
    filter.sourceVpcId,
    filter.accountId,
  ].some(value => value !== undefined);
}

function kindsOf(traffic: readonly EdgeTraffic[]): Map<string, CallerKind> {
  const kinds = new Map<string, CallerKind>();
  for (const { callerId, callerKind } of traffic) {
    kinds.set(callerId, callerKind);
  }
  return kinds;
}

/** Asks for each service once: there are thousands of edges. */
function oncePerService(
  allows: Allows,
  index: EstateIndex,
): (serviceArn: string) => boolean {
  const known = new Map<string, boolean>();
  return arn => {
    const isAllowed =
      known.get(arn) ?? allows({ arn, owner: index.ownerOfResource(arn) });
    known.set(arn, isAllowed);
    return isAllowed;
  };
}

function linesOf(parts: readonly { counts: OutcomeCounts }[]): LineCount {
  const counts = parts.map(part => part.counts);
  return exactLines(totalCalls(sumOutcomeCounts(counts)));
}

function isEdgeOfAccounts(
  { callerId, serviceArn }: { callerId: string; serviceArn: string },
  filter: CallFilter,
): boolean {
  if (filter.callerAccountId === undefined && filter.accountId === undefined) {
    // There are many edges, and mostly all are asked for.
    return true;
  }
  return isOfAccounts(
    { callerAccountId: callerAccountId(callerId), serviceArn },
    filter,
  );
}
