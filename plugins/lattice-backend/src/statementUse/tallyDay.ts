import { setImmediate } from 'node:timers/promises';
import {
  CallerCache,
  pathWordsOf,
  readKeysOf,
} from '@lattice-portal/access-logs';
import type {
  AccessLogStore,
  CallScope,
  ShapeField,
  StoreGap,
} from '@lattice-portal/access-log-store';
import { parsePolicy, type Policy } from '@lattice-portal/auth-policy';
import type { EstateIndex } from '../estate/EstateIndex';
import type { EnforcedPolicy } from './EnforcedPolicy';
import { StatementMatcher } from './StatementMatcher';
import { UseGroups } from './UseGroups';

/** Up to so many services are named in the question; for more, all calls are read. */
const MAX_NAMED = 50;
const SHAPES_BETWEEN_PAUSES = 256;

/** What the statements of a policy decided in a stretch of time. */
export interface TalliedPolicy {
  policy: EnforcedPolicy;
  /** A network's has the calls, too, that may have gone over any network: their record doesn't say which. */
  groups: UseGroups;
}

/**
 * Looks at all calls of a day that some policies were there for.
 *
 * @param options - `span` in milliseconds since the epoch
 */
export async function tallyDay(options: {
  span: { from: number; to: number };
  policies: readonly EnforcedPolicy[];
  index: EstateIndex;
  records: Pick<AccessLogStore, 'callShapes'>;
  signal?: AbortSignal;
}): Promise<{
  tallied: TalliedPolicy[];
  gaps: StoreGap[];
}> {
  const { span, policies, index, records, signal } = options;
  const byArn = new Map(
    policies.map(policy => [
      policy.resourceArn,
      {
        policy,
        groups: new UseGroups(),
        matcher: StatementMatcher.create({ ...policy, index }),
      },
    ]),
  );
  const networks = [...byArn.values()].filter(
    ({ policy }) => policy.layer === 'network',
  );
  const callers = new CallerCache();
  const parsed = policies.flatMap(({ document }) => {
    const result = parsePolicy(document);
    return result.ok ? [result.policy] : [];
  });
  // The more calls are one, the longer the time they span: where policies go by it, less could be told.
  const words = readKeysOf(parsed).time ? undefined : pathWordsOf(parsed);
  const answer = await records.callShapes({
    ...span,
    ...scopeOf(policies),
    fields: fieldsFor(parsed),
    paths: words && { words },
    signal,
  });
  let looked = 0;
  for await (const batch of answer.batches) {
    for (const shape of batch) {
      const { record } = shape;
      const { serviceArn, serviceNetworkArn } = record;
      const call = { ...shape, caller: callers.callerOf(record) };
      for (const arn of [serviceArn, serviceNetworkArn ?? '']) {
        const found = byArn.get(arn);
        if (found?.matcher) {
          found.groups.add(call, found.matcher.match(call));
        }
      }
      if (serviceNetworkArn === undefined) {
        for (const { policy, groups, matcher } of networks) {
          const over = {
            ...call,
            record: { ...record, serviceNetworkArn: policy.resourceArn },
          };
          if (matcher) {
            groups.add(call, matcher.match(over));
          }
        }
      }
      looked++;
      if (looked % SHAPES_BETWEEN_PAUSES === 0) {
        await setImmediate();
        signal?.throwIfAborted();
      }
    }
  }
  return {
    tallied: [...byArn.values()],
    gaps: answer.gaps,
  };
}

/** Calls over a network can't be asked for by its name: those of which the network is not on record count too. */
function scopeOf(policies: readonly EnforcedPolicy[]): Partial<CallScope> {
  return policies.length <= MAX_NAMED &&
    policies.every(({ layer }) => layer === 'service')
    ? { serviceArns: policies.map(({ resourceArn }) => resourceArn) }
    : {};
}

function fieldsFor(policies: readonly Policy[]): ShapeField[] {
  const keys = readKeysOf(policies);
  return [
    ...(keys.session ? (['principal'] as const) : []),
    'requestMethod',
    'requestPath',
    'serviceNetworkArn',
    ...(keys.vpc ? (['sourceVpcId'] as const) : []),
    ...(keys.vpcOwner ? (['sourceVpcArn'] as const) : []),
    ...(keys.organization ? (['callerPrincipalOrgId'] as const) : []),
    ...(keys.tags ? (['callerPrincipalTags'] as const) : []),
  ];
}
