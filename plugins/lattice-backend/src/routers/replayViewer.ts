import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  TimeWindow,
  TrafficReplay,
  TrafficReplayCounts,
  TrafficReplayGroup,
  TrafficReplayResult,
} from '@lattice-portal/plugin-lattice-common';
import type { LatticeAuthorizer } from '../authorization/LatticeAuthorizer';
import {
  deniedRequestAccess,
  policyAccess,
  serviceAccess,
} from '../authorization/viewerAccess';
import type { StoredReplay } from '../database/ReplayStore';
import type { EstateService } from '../estate/EstateService';
import { optionalIsoOf } from '../database/sql';
import { windowOf } from '../map/timeWindow';
import type { StoredReplayGroup } from '../replay/ReplayGroups';
import type { StoredReplayResult } from '../replay/replayTraffic';
import { networkUnknownGap } from '../calls/networkUnknownGap';

const WITHHELD_REASON = 'a policy that you may not read';

/**
 * One viewer of replays: what of a result they may be shown.
 *
 * @remarks
 * Calls of services that the viewer may not see are left out. Who called what how is for those who may read
 * the denied requests of caller or service: calls of others only count.
 */
export async function replayViewer(options: {
  authorizer: LatticeAuthorizer;
  credentials: BackstageCredentials;
  estate: EstateService;
}) {
  const { authorizer, credentials } = options;
  const index = await options.estate.current();
  const asking = { authorizer, credentials, index };
  const maySee = await serviceAccess(asking);
  const mayReadCalls = await deniedRequestAccess(asking);
  const mayReadPolicy = await policyAccess(asking);

  const isShown = ({
    serviceArn,
    callerAccountId,
  }: Pick<StoredReplayGroup, 'serviceArn' | 'callerAccountId'>) =>
    maySee(serviceArn) && mayReadCalls({ id: '', serviceArn, callerAccountId });

  const viewGroup = (group: StoredReplayGroup): TrafficReplayGroup => {
    const { callerAccountId: _, reasons, ...shown } = group;
    return {
      ...shown,
      serviceName:
        index.services.get(group.serviceArn)?.name ?? group.serviceArn,
      reasons: [
        ...new Set(
          reasons.map(({ text, resourceArn }) =>
            resourceArn === undefined || mayReadPolicy(resourceArn)
              ? text
              : WITHHELD_REASON,
          ),
        ),
      ],
    };
  };

  const withheldOf = (result: StoredReplayResult): string | undefined => {
    const { groups, unlisted = [] } = result;
    const calls = [
      ...groups.map(group => ({ ...group, calls: group.count })),
      ...unlisted,
    ]
      .filter(some => maySee(some.serviceArn) && !isShown(some))
      .reduce((sum, some) => sum + some.calls, 0);
    const sentences = [
      ...(result.services.every(({ serviceArn }) => maySee(serviceArn))
        ? []
        : ['Calls of services that you may not see are left out.']),
      ...(calls > 0
        ? [
            `${calls} of the calls are only counted: neither their callers nor their services are yours.`,
          ]
        : []),
    ];
    return sentences.length > 0 ? sentences.join(' ') : undefined;
  };

  const unlistedOf = ({
    unlisted = [],
  }: StoredReplayResult): TrafficReplayResult['unlisted'] => {
    const shown = unlisted.filter(isShown);
    const sumOver = (key: 'groups' | 'calls') =>
      shown.reduce((sum, some) => sum + some[key], 0);
    return shown.length > 0
      ? { groups: sumOver('groups'), calls: sumOver('calls') }
      : undefined;
  };

  const viewResult = (
    result: StoredReplayResult,
    window: TimeWindow,
  ): TrafficReplayResult => {
    const services = result.services.filter(({ serviceArn }) =>
      maySee(serviceArn),
    );
    const counts = sumOf(services.map(service => service.counts));
    return {
      calls:
        counts.newlyAllowed +
        counts.newlyDenied +
        counts.unchanged +
        counts.unknown,
      counts,
      groups: result.groups.filter(isShown).map(viewGroup),
      unlisted: unlistedOf(result),
      gaps: [
        ...result.gaps,
        ...networkUnknownGap({
          calls: result.networkUnknown ?? [],
          window,
          maySee,
        }),
      ],
      withheld: withheldOf(result),
    };
  };

  return {
    view: (
      replay: StoredReplay,
      shown: {
        /** Whether the viewer asked for it. */
        isOwn: boolean;
        outdated: boolean;
        result?: StoredReplayResult;
      },
    ): TrafficReplay => {
      const window = windowOf(replay.window);
      const isActive =
        replay.status === 'queued' || replay.status === 'running';
      return {
        id: replay.id,
        accessRequestId: replay.accessRequestId,
        status: replay.status,
        window,
        askedBy: replay.askedBy,
        createdAt: new Date(replay.createdAt).toISOString(),
        startedAt: optionalIsoOf(replay.startedAt),
        endedAt: optionalIsoOf(replay.endedAt),
        progress: replay.progress,
        attempts: replay.attempts,
        error: replay.error,
        outdated: shown.outdated,
        result: shown.result && viewResult(shown.result, window),
        permitted: isActive && shown.isOwn ? ['cancel'] : [],
      };
    },
  };
}

function sumOf(parts: TrafficReplayCounts[]): TrafficReplayCounts {
  const sum = { newlyAllowed: 0, newlyDenied: 0, unchanged: 0, unknown: 0 };
  for (const part of parts) {
    for (const key of Object.keys(sum) as (keyof TrafficReplayCounts)[]) {
      sum[key] += part[key];
    }
  }
  return sum;
}
