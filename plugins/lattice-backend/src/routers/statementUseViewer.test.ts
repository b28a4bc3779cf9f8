import { mockCredentials } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import type { CallFilter } from '@lattice-portal/plugin-lattice-common';
import {
  otherServiceArn,
  policyEstate,
  serviceArn,
} from '../__testUtils__/policyEstate';
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
const of = async () => ({
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

type Access = { all: boolean; allows: (resource: object) => boolean };

async function viewAs(
  accessTo: (kind: object) => Access | undefined,
  filter: CallFilter = {},
) {
  const { index } = policyEstate({});
  const viewer = await statementUseViewer({
    authorizer: {
      of: async (_: unknown, kind: object) => accessTo(kind),
    } as never,
    credentials: mockCredentials.user(),
    index: {
      ownerOfResource: (arn: string) =>
        index.services.has(arn) ? 'group:service' : undefined,
      ownerOfAccount: (id?: string) => id && `group:${id}`,
    } as never,
    statementUse: { of },
  });
  return viewer.view({
    layer: 'service',
    resource: index.services.get(serviceArn)!,
    range: {},
    filter,
  });
}

const all: Access = { all: true, allows: () => true };

const view = (...kinds: object[]) =>
  viewAs(kind => (kinds.includes(kind) ? all : undefined));

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

  it.each<[string, CallFilter, boolean]>([
    ['group:service', { callerId: call.callerId }, true],
    ['group:service', { accountId: '445566778899' }, true],
    ['group:service', { serviceArn: otherServiceArn }, true],
    ['group:service', { serviceArn: 'arn:gone' }, false],
    ['group:445566778899', { callerId: call.callerId }, true],
    ['group:445566778899', { callerAccountId: '445566778899' }, true],
    ['group:445566778899', { callerAccountId: '111111111111' }, false],
    ['group:445566778899', { accountId: '445566778899' }, false],
    ['group:445566778899', { serviceArn }, false],
    ['group:445566778899', { serviceNetworkArn: 'arn:network' }, true],
    ['group:445566778899', {}, true],
  ])(
    'tells %s of some calls if they may read them: %j',
    async (owner, filter, isTold) => {
      const involved = (resource: object) =>
        Object.values(resource).includes(owner);
      const shown = await viewAs(
        kind =>
          kind === readDeniedRequests ? { all: false, allows: involved } : all,
        filter,
      );
      expect(shown).toMatchObject(
        isTold
          ? { status: 'computed' }
          : {
              status: 'not-computed',
              reason:
                'You may not read the denied requests of those whose calls you ask about.',
            },
      );
    },
  );

  it('knows no service that the viewer may not see', async () => {
    await expect(
      viewAs(kind => (kind === readServices ? undefined : all), { serviceArn }),
    ).rejects.toThrow(NotFoundError);
  });

  it('says nothing of a policy that the viewer may not read', async () => {
    await expect(view(readServices, readDeniedRequests)).resolves.toEqual({
      status: 'not-computed',
      reason: 'You may not read this policy.',
    });
  });
});
