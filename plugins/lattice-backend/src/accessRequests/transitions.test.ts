import type {
  AccessRequestChange,
  AccessRequestStatus,
} from '@lattice-portal/plugin-lattice-common';
import type { AccessRequestRecord } from '../database/AccessRequestStore';
import { type Actor, permittedActions, withDecision } from './transitions';

const requestOf = (
  status: AccessRequestStatus,
  owners: string[] = ['group:default/commerce'],
) =>
  ({
    id: 'r1',
    status,
    requestedBy: 'user:default/ann',
    requestedFor: 'group:default/analytics',
    changes: owners.map(
      owner => ({ owner, resourceName: owner } as AccessRequestChange),
    ),
    events: [],
  } as unknown as AccessRequestRecord);

const actorOf = (claims: string[], mayDecide = true): Actor => ({
  userRef: claims[0],
  claims,
  mayDecide,
  mayRead: () => true,
});
const asker = actorOf(['user:default/ann', 'group:default/analytics'], false);
const owner = actorOf(['user:default/bob', 'group:default/commerce']);
const platform = actorOf(['user:default/pat', 'group:default/platform']);

describe('permittedActions', () => {
  it.each<[AccessRequestStatus, Actor, string[]]>([
    ['pending', asker, ['withdraw']],
    ['pending', owner, ['approve', 'refuse']],
    ['pending', { ...owner, mayDecide: false }, []],
    ['pending', platform, []],
    ['void', asker, ['withdraw', 'recompute']],
    ['void', owner, ['recompute']],
    ['approved', owner, []],
    ['applied', asker, ['revoke']],
    ['verified', owner, ['revoke']],
    ['verified', platform, []],
    ['revoked', owner, []],
  ])('%s', (status, actor, expected) => {
    expect(permittedActions(requestOf(status), actor)).toEqual(expected);
  });
});

describe('withDecision', () => {
  const request = requestOf('pending', [
    'group:default/platform',
    'group:default/commerce',
  ]);
  const decide = (
    from: AccessRequestRecord,
    actor: Actor,
    verdict: 'approved' | 'refused',
  ) => withDecision(from, { actor, verdict, at: '2026-11-22T10:00:00Z' });

  it('is approved once every owner agrees', () => {
    const half = decide(request, owner, 'approved');
    expect(half.status).toBe('pending');
    expect(half.changes.map(({ decision }) => decision?.by)).toEqual([
      undefined,
      'user:default/bob',
    ]);
    expect(permittedActions(half, owner)).toEqual([]);
    expect(decide(half, platform, 'approved').status).toBe('approved');
    expect(decide(half, platform, 'refused').status).toBe('refused');
  });
});
