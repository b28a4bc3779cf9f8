import { mockCredentials } from '@backstage/backend-test-utils';
import { policyEstate, serviceArn } from '../__testUtils__/policyEstate';
import {
  readDeniedRequests,
  readPolicies,
  readServices,
} from '../authorization/accessKinds';
import { statementUseViewer } from './statementUseViewer';

const call = {
  time: 5,
  callerId: 'arn:aws:iam::445566778899:role/orders',
  callerAccountId: '445566778899',
  serviceArn,
  path: '/secret',
};
const ask = async () => ({
  window: { from: 0, to: 10 },
  computedAt: 10,
  pendingDays: 0,
  calls: 3,
  gaps: [{ kind: 'network-unknown' as const, serviceArn, calls: 4 }],
  statements: [
    { index: 0, sid: 'a', calls: 2, last: call, possibleCalls: 0, reasons: [] },
    {
      index: 1,
      calls: 0,
      possibleCalls: 1,
      lastPossible: call,
      reasons: ['x'],
    },
    { index: 2, calls: 0, possibleCalls: 0, reasons: [] },
  ],
});

async function view(...kinds: object[]) {
  const viewer = await statementUseViewer({
    authorizer: {
      of: async (_: unknown, kind: object) =>
        kinds.includes(kind) ? { all: true, allows: () => true } : undefined,
    } as never,
    credentials: mockCredentials.user(),
    index: policyEstate({}).index,
  });
  return viewer.view(serviceArn, ask);
}

describe('statementUseViewer', () => {
  it('tells of a policy to who may read it, with examples of calls they may read', async () => {
    const shown = await view(readServices, readPolicies, readDeniedRequests);
    expect(shown).toMatchObject({
      status: 'computed',
      gaps: [{ kind: 'network-unknown', calls: 4 }],
      statements: [
        {
          status: 'used',
          lastUsed: new Date(5).toISOString(),
          example: { path: '/secret', time: new Date(5).toISOString() },
        },
        { status: 'unknown', lastUsed: new Date(5).toISOString() },
        { status: 'not-used', lastUsed: undefined, example: undefined },
      ],
    });
    expect(JSON.stringify(shown)).not.toContain('callerAccountId');
    const counted = await view(readServices, readPolicies);
    expect(counted).toMatchObject({ statements: [{ calls: 2 }, {}, {}] });
    expect(JSON.stringify(counted)).not.toContain('secret');
    await expect(view(readPolicies)).resolves.toMatchObject({ gaps: [] });
  });

  it('says nothing of a policy that the viewer may not read', async () => {
    await expect(view(readServices, readDeniedRequests)).resolves.toEqual({
      status: 'not-computed',
      reason: 'You may not read this policy.',
    });
  });
});
