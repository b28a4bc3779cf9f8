import { NotFoundError } from '@backstage/errors';
import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import {
  callerAccountId,
  type DenialCauses,
  type DenialExplanation,
  type DeniedRequests,
  exactLines,
  type FieldCondition,
  type LineCount,
  parseArn,
} from '@lattice-portal/plugin-lattice-common';
import type { LatticeConfig } from '@lattice-portal/plugin-lattice-node';
import type { MayReadPolicy } from '../authorization/viewerAccess';
import type {
  DeniedFilter,
  DeniedRequestStore,
  InvolvedParties,
  StoredDeniedRequest,
} from '../database/DeniedRequestStore';
import type { TimeRange, TrafficStore } from '../database/TrafficStore';
import type { EstateIndex } from '../estate/EstateIndex';
import type { EstateService } from '../estate/EstateService';
import { widen } from '../map/timeWindow';
import type { TrafficMap } from '../map/TrafficMap';
import type { PolicyLookup } from '../policies/PolicyLookup';
import { toAuthorizationRequest } from '../policies/toAuthorizationRequest';
import { type DenialPlace, toCursor } from './denialCursor';
import { explainDenial, type PoliciesAt } from './explainDenial';
import { toDeniedRequest } from './toDeniedRequest';
import { toSoughtWords } from './toSoughtWords';

const HOUR = 60 * 60 * 1000;
const NETWORK = 'serviceNetworkArn';

interface DenialQuery {
  /** Of the whole answer. */
  index: EstateIndex;
  range: TimeRange;
  filter: DeniedFilter & {
    /** As recorded. */
    serviceNetworkArn?: string;
    /** Of the caller or of the service. */
    accountId?: string;
    /** Words to find. */
    text?: string;
  };
  /** What the viewer may see. Absent: all. */
  criteria?: PermissionCriteria<InvolvedParties>;
}

/** A question as the store takes it. */
interface Asked {
  range: TimeRange;
  filter: DeniedFilter & { where: FieldCondition[] };
  criteria?: PermissionCriteria<InvolvedParties>;
}

interface DenialPage {
  after?: DenialPlace;
  limit: number;
}

/**
 * Lists and explains denied requests.
 */
export class DenialService {
  static create(options: {
    estate: EstateService;
    denied: DeniedRequestStore;
    traffic: TrafficStore;
    map: TrafficMap;
    policies: PolicyLookup;
    /** Entity references of groups that may ask for everybody. */
    platformGroups: string[];
    retention: Pick<
      LatticeConfig['accessLogs']['retention'],
      'causeDays' | 'deniedRequestDays'
    >;
    now?: () => number;
  }): DenialService {
    return new DenialService(options);
  }

  private constructor(
    private readonly options: Parameters<typeof DenialService.create>[0],
  ) {}

  /**
   * Services whose calls may have been denied: those of denials, and all of the estate. What a viewer may see goes
   * by them, so none of the estate's hangs on what was written down of denials.
   */
  async serviceArns(index: EstateIndex): Promise<string[]> {
    const ofDenials = await this.options.denied.serviceArns();
    return [...new Set([...index.services.keys(), ...ofDenials])];
  }

  /** Causes are kept by the hour, so the window is widened to whole hours; the answer says so. */
  async causes(options: DenialQuery & DenialPage): Promise<DenialCauses> {
    const { denied, retention } = this.options;
    const query = {
      ...options,
      range: widen({ range: options.range, step: HOUR, now: this.#now() }),
    };
    const { index, after, limit } = query;
    const asked = await this.#toStored(query);
    const [counted, stored, basis] = await Promise.all([
      // First: it takes longest.
      denied.countOfCauses(asked),
      // One more than asked for says whether there is more.
      denied.causes({
        ...asked,
        after: after && { lastSeen: after.startTime, id: after.id },
        limit: limit + 1,
      }),
      this.#basis(query, {
        asked,
        keptDays:
          asked.filter.where.length > 0
            ? retention.deniedRequestDays
            : retention.causeDays,
      }),
    ]);
    const page = stored.slice(0, limit);
    const last = page.at(-1);
    const ofPage = page.reduce((sum, { count }) => sum + count, 0);
    return {
      ...basis,
      lines: linesOf(counted, {
        lines: ofPage,
        isAll: !after && stored.length <= limit,
      }),
      causes: page.map(cause => ({
        ...cause,
        serviceName: index.services.get(cause.serviceArn)?.name,
      })),
      nextCursor:
        last && stored.length > limit
          ? toCursor({ startTime: Date.parse(last.lastSeen), id: last.id })
          : undefined,
    };
  }

  async list(query: DenialQuery & DenialPage): Promise<DeniedRequests> {
    const { denied, retention } = this.options;
    const { index, after, limit } = query;
    const asked = await this.#toStored(query);
    const [counted, stored, basis] = await Promise.all([
      // First: it takes longest.
      denied.count(asked),
      // One more than asked for says whether there is more.
      denied.list({
        ...asked,
        after,
        limit: limit + 1,
      }),
      this.#basis(query, { asked, keptDays: retention.deniedRequestDays }),
    ]);
    const page = stored.slice(0, limit);
    const last = page.at(-1);
    return {
      ...basis,
      lines: linesOf(counted, {
        lines: page.length,
        isAll: !after && stored.length <= limit,
      }),
      items: page.map(item => toDeniedRequest(item, index)),
      nextCursor: last && stored.length > limit ? toCursor(last) : undefined,
    };
  }

  /** What an answer rests on, with what it leaves out as its network is not on record. */
  async #basis(
    query: DenialQuery,
    options: { asked: Asked; keptDays: number },
  ): Promise<Awaited<ReturnType<TrafficMap['basis']>>> {
    const { denied, map } = this.options;
    const basis = await map.basis({ ...query, keptDays: options.keptDays });
    if (query.filter.serviceNetworkArn === undefined) {
      return basis;
    }
    const { range, filter, criteria } = options.asked;
    const { count, isAtLeast } = await denied.count({
      range,
      filter: { ...filter, where: ofUnknownNetwork(filter.where) },
      criteria,
    });
    const hasUnknown =
      count > 0 || (isAtLeast && (await map.hasDeniedOfUnknownNetwork(query)));
    return hasUnknown
      ? {
          ...basis,
          gaps: [
            ...basis.gaps,
            {
              kind: 'network-unknown',
              ...basis.window,
              calls: count,
              isAtLeast,
            },
          ],
        }
      : basis;
  }

  /** The network is told by the record alone, the account by the parties. */
  async #toStored(query: DenialQuery): Promise<Asked> {
    const { index, range, filter, criteria } = query;
    const { serviceNetworkArn, accountId, text, where = [], ...rest } = filter;
    const inAccount = accountId && {
      serviceArns: (await this.serviceArns(index)).filter(
        arn => parseArn(arn)?.accountId === accountId,
      ),
      callerAccountIds: [accountId],
    };
    const network: FieldCondition[] = serviceNetworkArn
      ? [{ field: NETWORK, operator: 'equals', value: serviceNetworkArn }]
      : [];
    return {
      range,
      filter: {
        ...rest,
        words: toSoughtWords(text, index),
        where: [...network, ...where],
      },
      criteria: bothOf(criteria, inAccount || undefined),
    };
  }

  /** @throws NotFoundError when there is none, or none any more */
  async get(options: { id: string }): Promise<StoredDeniedRequest> {
    const stored = await this.options.denied.get(options);
    if (!stored) {
      throw new NotFoundError(`There is no denied request ${options.id}`);
    }
    return stored;
  }

  /**
   * Everything that a viewer may be told of a denied request but for `accessRequestIds`.
   *
   * @param options - `mayRead`: whose policies the viewer may read
   */
  async explain(
    stored: StoredDeniedRequest,
    options: { mayRead: MayReadPolicy },
  ): Promise<Omit<DenialExplanation, 'accessRequestIds'>> {
    const { denied, estate, policies } = this.options;
    const index = await estate.current();
    const request = toAuthorizationRequest({ record: stored.record, index });
    const [current, then, identity, cause, recordedIn] = await Promise.all([
      this.#policiesNow(stored, index),
      this.#policiesThen(stored, index),
      request
        ? policies.identityOf({
            caller: request.caller,
            callerId: stored.callerId,
            index,
          })
        : { used: [] },
      denied.cause({ causeId: stored.causeId }),
      denied.logsOf({ id: stored.id }),
    ]);
    return {
      request: toDeniedRequest(stored, index),
      recorded: { ...stored.record },
      recordedIn,
      ...explainDenial({
        stored,
        request,
        current,
        then,
        identity,
        index,
        now: this.#now(),
        mayRead: options.mayRead,
      }),
      cause: cause && {
        ...cause,
        serviceName: index.services.get(cause.serviceArn)?.name,
      },
      askers: this.#askers(stored, index),
      lastAllowed: await this.#lastAllowed(stored),
    };
  }

  #askers({ callerId }: StoredDeniedRequest, index: EstateIndex): string[] {
    const accountId = callerAccountId(callerId);
    const owner = accountId && index.ownerOfAccount(accountId);
    const { platformGroups } = this.options;
    return [...new Set([...(owner ? [owner] : []), ...platformGroups])];
  }

  async #policiesNow(
    stored: StoredDeniedRequest,
    index: EstateIndex,
  ): Promise<PoliciesAt> {
    const { serviceArn } = stored.record;
    const { policies } = this.options;
    return {
      network: await policies.now({
        layer: 'network',
        arn: networkOf(stored, index),
        index,
      }),
      service: await policies.now({ layer: 'service', arn: serviceArn, index }),
    };
  }

  async #policiesThen(
    stored: StoredDeniedRequest,
    index: EstateIndex,
  ): Promise<PoliciesAt | undefined> {
    const { serviceArn, timestamp: time } = stored.record;
    const { policies } = this.options;
    const network = await policies.at({
      layer: 'network',
      arn: networkOf(stored, index),
      index,
      time,
    });
    const service = await policies.at({
      layer: 'service',
      arn: serviceArn,
      index,
      time,
    });
    if (!network && !service) {
      return undefined;
    }
    const unknown = (what: string) => ({
      attachment: {
        unreadable: `The policy of the ${what} at that time is not known.`,
      },
      assumed: [],
    });
    return {
      network: network ?? unknown('service network'),
      service: service ?? unknown('service'),
    };
  }

  async #lastAllowed(stored: StoredDeniedRequest): Promise<string | undefined> {
    const calls = await this.options.traffic.newestCalls({
      serviceArn: stored.record.serviceArn,
      callerId: stored.callerId,
    });
    const times = calls
      .filter(({ outcome }) => outcome === 'allowed')
      .map(call => call.lastSeen);
    return times.length > 0
      ? new Date(Math.max(...times)).toISOString()
      : undefined;
  }

  #now(): number {
    return this.options.now?.() ?? Date.now();
  }
}

/** The same question of calls whose network is not on record. */
function ofUnknownNetwork(where: FieldCondition[]): FieldCondition[] {
  return [
    ...where.filter(({ field }) => field !== NETWORK),
    { field: NETWORK, operator: 'absent' },
  ];
}

/** A page may have more than were counted, as not all were or some came meanwhile, and it may have all. */
function linesOf(
  counted: LineCount,
  page: { lines: number; isAll: boolean },
): LineCount {
  return page.isAll
    ? exactLines(page.lines)
    : { ...counted, count: Math.max(counted.count, page.lines) };
}

function bothOf(
  one: PermissionCriteria<InvolvedParties> | undefined,
  other: PermissionCriteria<InvolvedParties> | undefined,
): PermissionCriteria<InvolvedParties> | undefined {
  return one && other ? { allOf: [one, other] } : one ?? other;
}

/** The network the call came over: as recorded, else the only one it can have been. */
function networkOf(
  stored: StoredDeniedRequest,
  index: EstateIndex,
): string | undefined {
  const { serviceNetworkArn, serviceArn, sourceVpcId } = stored.record;
  const networks = index.networksOfService(serviceArn);
  return (
    serviceNetworkArn ??
    (sourceVpcId ? index.networkOfVpc(sourceVpcId) : undefined) ??
    (networks.length === 1 ? networks[0] : undefined)
  );
}
