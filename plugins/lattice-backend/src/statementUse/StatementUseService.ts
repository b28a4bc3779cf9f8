import type {
  AccessLogStore,
  StoreGap,
} from '@lattice-portal/access-log-store';
import { parsePolicy } from '@lattice-portal/auth-policy';
import type {
  Service,
  ServiceNetwork,
  CallFilter,
} from '@lattice-portal/plugin-lattice-common';
import type {
  ComputedDay,
  StatementUseDay,
  StatementUseGap,
  StatementUseStore,
} from '../database/StatementUseStore';
import type { EstateService } from '../estate/EstateService';
import type { TimeRange } from '../database/TrafficStore';
import { NO_RECORDS } from '../records/requireRecords';
import { CallsByService, type ServiceCalls } from '../calls/CallsByService';
import { joinGaps } from '../replay/joinGaps';
import {
  type EnforcedPolicy,
  enforcedPolicies,
  enforcedPolicyOf,
} from './EnforcedPolicy';
import { type DecidedCalls, StatementTally } from './StatementTally';
import { type TalliedPolicy, tallyDay } from './tallyDay';
import { tallyGroups } from './tallyGroups';

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Days that are kept ready. */
const DAYS = 30;
/** Lines may be so late: until then a day is looked at again and again. */
const LATE = 6 * HOUR;
const RECENT_AGE = 15 * MINUTE;
const OLD_AGE = 6 * HOUR;

/** The use of a policy's statements, for all viewers. Times in milliseconds since the epoch. */
export interface StoredStatementUses {
  window: TimeRange;
  computedAt: number;
  pendingDays: number;
  calls: number;
  statements: (DecidedCalls & { sid?: string })[];
  gaps: StatementUseDay['gaps'];
}

/**
 * Knows when the statements of auth policies last decided a recorded call.
 *
 * @remarks
 * It is kept ready by the day and by document, so that a screen reads it at once. A day is looked at again
 * as long as lines of it may come in, and while there are gaps in it.
 */
export class StatementUseService {
  static create(options: {
    store: StatementUseStore;
    /** Absent: none is configured. */
    records?: Pick<AccessLogStore, 'callShapes'>;
    estate: Pick<EstateService, 'current'>;
    now?: () => number;
  }): StatementUseService {
    return new StatementUseService(options);
  }

  private constructor(
    private readonly options: Parameters<typeof StatementUseService.create>[0],
  ) {}

  /** Looks at the days that are not known yet, or no longer well enough; the newest first. */
  async refresh(options: { signal?: AbortSignal } = {}): Promise<void> {
    const { records, store, estate } = this.options;
    if (!records) {
      return;
    }
    const index = await estate.current();
    const policies = enforcedPolicies(index);
    const now = this.#now();
    const today = startOfDay(now);
    const first = today - DAYS * DAY;
    const known = new Map(
      (await store.computed({ from: first })).map(computed => [
        keyOf(computed),
        computed,
      ]),
    );
    for (let day = today; day >= first; day -= DAY) {
      const needed = policies.filter(policy =>
        isNeeded(known.get(keyOf({ ...policy, day })), day, now),
      );
      if (needed.length === 0) {
        continue;
      }
      options.signal?.throwIfAborted();
      const computedAt = this.#now();
      const { tallied, gaps } = await tallyDay({
        span: { from: day, to: Math.min(day + DAY, computedAt) },
        policies: needed,
        index,
        records,
        signal: options.signal,
      });
      await store.save(
        tallied.map(one => ({
          ...sumsOf(one, gaps),
          day,
          computedAt,
          isFinal: computedAt >= day + DAY + LATE && gaps.length === 0,
        })),
      );
    }
    await store.prune({ before: first });
  }

  /**
   * The use of the statements of a resource's policy as it is.
   *
   * @param options - `range`: widened to whole days, and cut to those that are kept ready; `filter`: whose calls
   * @returns a sentence where there is nothing to tell
   */
  async of(options: {
    layer: EnforcedPolicy['layer'];
    resource: Service | ServiceNetwork;
    range: Partial<TimeRange>;
    filter?: CallFilter;
  }): Promise<StoredStatementUses | { reason: string }> {
    const { layer, resource, range, filter = {} } = options;
    if (!this.options.records) {
      return { reason: NO_RECORDS };
    }
    const policy = enforcedPolicyOf(layer, resource);
    if ('reason' in policy) {
      return policy;
    }
    const parsed = parsePolicy(policy.document);
    if (!parsed.ok) {
      return { reason: 'The document is no valid auth policy.' };
    }
    const now = this.#now();
    const { to = now } = range;
    const end = Math.min(Math.ceil(to / DAY) * DAY, startOfDay(now) + DAY);
    const oldest = startOfDay(now) - DAYS * DAY;
    const start = Math.max(startOfDay(range.from ?? to - DAYS * DAY), oldest);
    if (end <= oldest) {
      return {
        reason: `It is known of the last ${DAYS} days only, that is from ${dateOf(
          oldest,
        )} on: ask for a time since then.`,
      };
    }
    if (start >= end) {
      return {
        reason: `No call is on record yet of a time that begins on ${dateOf(
          start,
        )}: ask for one that has begun.`,
      };
    }
    const days = await this.options.store.list({
      ...policy,
      from: start,
      to: end,
    });
    if (days.length === 0) {
      return {
        reason:
          'It is not computed yet for this document: come back in a few minutes.',
      };
    }
    const { tally, gaps } = await this.#sumOf(policy, days, filter);
    const uses = tally.uses();
    return {
      window: { from: start, to: endOf(days, { end, now }) },
      computedAt: Math.min(...days.map(({ computedAt }) => computedAt)),
      pendingDays: Math.max(0, (end - start) / DAY - days.length),
      calls: tally.calls,
      statements: parsed.policy.statements.map(({ index, sid }) => ({
        calls: 0,
        possibleCalls: 0,
        reasons: [],
        ...uses.find(use => use.index === index),
        index,
        sid,
      })),
      gaps,
    };
  }

  async #sumOf(
    policy: EnforcedPolicy,
    days: readonly StatementUseDay[],
    filter: CallFilter,
  ): Promise<{ tally: StatementTally; gaps: StatementUseGap[] }> {
    const tally = new StatementTally();
    const networkUnknown = new CallsByService();
    const gapsOfStore: StoreGap[] = [];
    const areAll = Object.values(filter).every(value => value === undefined);
    for (const day of days) {
      if (areAll) {
        tally.addUses(day.calls, day.uses);
      } else {
        // One at a time: those of a network may be many.
        const groups = await this.options.store.groups(day);
        tallyGroups({ policy, groups, filter, tally, networkUnknown });
      }
      for (const gap of day.gaps) {
        if (gap.kind !== 'network-unknown') {
          gapsOfStore.push(gap);
        } else if (areAll) {
          networkUnknown.add(gap);
        }
      }
    }
    return {
      tally,
      gaps: [...joinGaps(gapsOfStore), ...networkUnknown.list().map(toGap)],
    };
  }

  #now(): number {
    return this.options.now?.() ?? Date.now();
  }
}

/** The groups of a day, and what they come to. */
function sumsOf(
  { policy, groups: found }: TalliedPolicy,
  gapsOfStore: readonly StoreGap[],
) {
  const { resourceArn, digest } = policy;
  const groups = found.list();
  const tally = new StatementTally();
  const networkUnknown = new CallsByService();
  tallyGroups({ policy, groups, filter: {}, tally, networkUnknown });
  return {
    resourceArn,
    digest,
    groups,
    calls: tally.calls,
    uses: tally.uses(),
    gaps: [...gapsOfStore, ...networkUnknown.list().map(toGap)],
  };
}

/** Where a window ends: calls after the last day in it was computed don't count yet. */
function endOf(
  days: readonly StatementUseDay[],
  { end, now }: { end: number; now: number },
): number {
  const last = days.at(-1);
  return Math.min(end, last && last.day + DAY >= end ? last.computedAt : now);
}

/** In UTC, as the days are. */
function dateOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function toGap(calls: ServiceCalls): StatementUseGap {
  return { kind: 'network-unknown', ...calls };
}

function startOfDay(time: number): number {
  return Math.floor(time / DAY) * DAY;
}

function keyOf(
  computed: Pick<ComputedDay, 'resourceArn' | 'digest' | 'day'>,
): string {
  return `${computed.day} ${computed.digest} ${computed.resourceArn}`;
}

function isNeeded(
  known: ComputedDay | undefined,
  day: number,
  now: number,
): boolean {
  if (!known || known.isFinal) {
    return !known;
  }
  const age = now - known.computedAt;
  const settled = day + DAY + LATE;
  return known.computedAt < settled
    ? age >= RECENT_AGE || now >= settled
    : age >= OLD_AGE;
}
