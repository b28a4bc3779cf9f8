import { mockCredentials } from '@backstage/backend-test-utils';
import {
  networkArn,
  otherServiceArn,
  policyEstate,
  serviceArn,
} from '../__testUtils__/policyEstate';
import {
  readDeniedRequests,
  readPolicies,
  readServices,
} from '../authorization/accessKinds';
import type { StoredReplay } from '../database/ReplayStore';
import type { StoredReplayResult } from '../replay/replayTraffic';
import { replayViewer } from './replayViewer';

const counts = { newlyAllowed: 0, newlyDenied: 0, unchanged: 0, unknown: 0 };
const group = {
  change: 'unknown' as const,
  serviceArn,
  method: 'GET',
  pathShape: '/secret-path',
  count: 2,
  firstSeen: '2026-11-22T10:00:00.000Z',
  lastSeen: '2026-11-22T10:00:00.000Z',
  layers: [],
  examples: [],
};
const callerIn = (accountId: string) => ({
  callerId: `arn:aws:iam::${accountId}:role/batch`,
  callerAccountId: accountId,
});
const result: StoredReplayResult = {
  calls: 12,
  services: [
    { serviceArn, counts: { ...counts, unchanged: 5, unknown: 4 } },
    { serviceArn: otherServiceArn, counts: { ...counts, newlyDenied: 3 } },
  ],
  groups: [
    {
      ...group,
      ...callerIn('445566778899'),
      reasons: [
        { text: 'the call failed' },
        { text: 'the header x-network', resourceArn: networkArn },
        { text: 'the header x-service', resourceArn: serviceArn },
      ],
    },
    { ...group, ...callerIn('667788990011'), reasons: [] },
    {
      ...group,
      ...callerIn('445566778899'),
      serviceArn: otherServiceArn,
      change: 'newly-denied',
      count: 3,
      reasons: [],
    },
  ],
  unlisted: [
    { serviceArn, callerAccountId: '445566778899', groups: 3, calls: 4 },
    { serviceArn, callerAccountId: '667788990011', groups: 1, calls: 1 },
    { serviceArn: otherServiceArn, groups: 5, calls: 5 },
  ],
  gaps: [],
  networkUnknown: [
    { serviceArn, calls: 6 },
    { serviceArn: otherServiceArn, calls: 1 },
  ],
};
const replay: StoredReplay = {
  id: 'p1',
  accessRequestId: 'r1',
  askedBy: 'user:default/a',
  window: { from: 0, to: 1 },
  changes: [],
  digest: '',
  createdAt: 0,
  status: 'running',
  attempts: 1,
  isCancelled: false,
};

/** What a viewer is shown to whom the conditions of permissions apply. */
async function view(
  mayDo: Map<object, (resource: any) => boolean>,
  isOwn = false,
) {
  const { index } = policyEstate({});
  const viewer = await replayViewer({
    authorizer: {
      of: async (_: unknown, kind: object) => {
        const allows = mayDo.get(kind);
        return allows && { all: false, allows };
      },
    } as never,
    credentials: mockCredentials.user(),
    estate: { current: async () => index } as never,
  });
  return viewer.view(replay, { isOwn, outdated: false, result });
}

describe('replayViewer', () => {
  it('shows all to who may see all', async () => {
    const all = () => true;
    const shown = await view(
      new Map<object, (resource: any) => boolean>([
        [readServices, all],
        [readDeniedRequests, all],
        [readPolicies, all],
      ]),
      true,
    );
    expect(shown.permitted).toEqual(['cancel']);
    expect(shown.result).toMatchObject({
      calls: 12,
      counts: { newlyDenied: 3, unchanged: 5, unknown: 4 },
      gaps: [{ kind: 'network-unknown', calls: 7 }],
      unlisted: { groups: 9, calls: 10 },
      withheld: undefined,
    });
    expect(shown.result!.groups).toHaveLength(3);
    expect(shown.result!.groups[0]).toMatchObject({
      serviceName: 'orders',
      reasons: [
        'the call failed',
        'the header x-network',
        'the header x-service',
      ],
    });
  });

  it('counts calls of others only, and quotes no policy of theirs', async () => {
    const shown = await view(
      new Map<object, (resource: any) => boolean>([
        [readServices, ({ arn }) => arn === serviceArn],
        [readPolicies, ({ arn }) => arn === serviceArn],
        [
          readDeniedRequests,
          ({ callerOwner }) => callerOwner === 'group:default/them',
        ],
      ]),
    );
    expect(shown.permitted).toEqual([]);
    expect(shown.result).toMatchObject({
      calls: 9,
      counts: { newlyDenied: 0, unchanged: 5, unknown: 4 },
      gaps: [
        {
          kind: 'network-unknown',
          from: '1970-01-01T00:00:00.000Z',
          to: '1970-01-01T00:00:00.001Z',
          calls: 6,
        },
      ],
      withheld:
        'Calls of services that you may not see are left out. 3 of the calls are only counted: neither their callers nor their services are yours.',
      unlisted: { groups: 3, calls: 4 },
      groups: [
        {
          callerId: callerIn('445566778899').callerId,
          reasons: [
            'the call failed',
            'a policy that you may not read',
            'the header x-service',
          ],
        },
      ],
    });
    expect(JSON.stringify(shown)).not.toContain('x-network');
    expect(JSON.stringify(shown)).not.toContain(otherServiceArn);
  });

  it('shows nothing of calls without permission', async () => {
    const shown = await view(new Map());
    expect(shown.result).toMatchObject({ calls: 0, groups: [], gaps: [] });
    expect(shown.result!.unlisted).toBeUndefined();
    expect(JSON.stringify(shown)).not.toContain('secret-path');
  });
});
