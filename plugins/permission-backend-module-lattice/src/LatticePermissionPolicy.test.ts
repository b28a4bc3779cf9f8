import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  createPermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import {
  latticeAccessLogRecordReadPermission,
  latticeAccessRequestCreatePermission,
  latticeAccessRequestDecidePermission,
  latticeAccessRequestReadPermission,
  latticeDeniedRequestReadPermission,
  latticeLogSourceUpdatePermission,
  latticePolicyReadPermission,
  latticeServiceReadPermission,
  latticeUnparsedLineReadPermission,
} from '@lattice-portal/plugin-lattice-common';
import { LatticePermissionPolicy } from './LatticePermissionPolicy';
import { readPlatformGroups } from './readPlatformGroups';

const catalogDelete = createPermission({
  name: 'catalog.entity.delete',
  attributes: { action: 'delete' },
  resourceType: 'catalog-entity',
});

const commerce = ['user:default/owner', 'group:default/commerce'];
const platform = ['user:default/engineer', 'group:default/platform'];

async function decide(permission: any, claims?: string[]): Promise<unknown> {
  const policy = LatticePermissionPolicy.create({
    platformGroups: ['group:default/platform'],
    userInfo: mockServices.userInfo.mock({
      getUserInfo: async () => ({
        userEntityRef: claims?.[0] ?? '',
        ownershipEntityRefs: claims ?? [],
      }),
    }),
  });
  const credentials = mockCredentials.user();
  const decision = await policy.handle(
    { permission },
    claims && ({ credentials } as any),
  );
  return 'conditions' in decision ? decision.conditions : decision.result;
}

const condition = (rule: string, resourceType: string, claims: string[]) => ({
  rule,
  resourceType,
  params: { claims },
});

describe('LatticePermissionPolicy', () => {
  it.each([
    latticeServiceReadPermission,
    latticePolicyReadPermission,
    latticeDeniedRequestReadPermission,
    latticeAccessLogRecordReadPermission,
    latticeAccessRequestCreatePermission,
    latticeAccessRequestDecidePermission,
    catalogDelete,
  ])('denies $name to whoever is not signed in', async permission => {
    expect(await decide(permission)).toBe('DENY');
  });

  it.each([
    latticeServiceReadPermission,
    latticeAccessRequestCreatePermission,
    catalogDelete,
  ])('allows $name to everyone signed in', async permission => {
    expect(await decide(permission, commerce)).toBe('ALLOW');
  });

  it.each<[Permission, string, string]>([
    [latticePolicyReadPermission, 'IS_OWNED_BY', 'lattice-service'],
    [latticeDeniedRequestReadPermission, 'INVOLVES', 'lattice-denied-request'],
    [
      latticeAccessLogRecordReadPermission,
      'INVOLVES',
      'lattice-access-log-record',
    ],
    [latticeAccessRequestReadPermission, 'INVOLVES', 'lattice-access-request'],
  ])(
    'allows %j on the condition %s, and to the platform group',
    async (permission, rule, resourceType) => {
      expect(await decide(permission, commerce)).toEqual(
        condition(rule, resourceType, commerce),
      );
      expect(await decide(permission, platform)).toBe('ALLOW');
    },
  );

  it.each([
    latticeLogSourceUpdatePermission,
    latticeUnparsedLineReadPermission,
  ])('allows $name to the platform group only', async permission => {
    expect(await decide(permission, commerce)).toBe('DENY');
    expect(await decide(permission, platform)).toBe('ALLOW');
  });

  it('leaves decisions to approvers, whoever asks', async () => {
    for (const claims of [commerce, platform]) {
      expect(
        await decide(latticeAccessRequestDecidePermission, claims),
      ).toEqual(condition('IS_APPROVER', 'lattice-access-request', claims));
    }
  });
});

describe('readPlatformGroups', () => {
  const read = (groups?: string[]) =>
    readPlatformGroups(
      mockServices.rootConfig({
        data: groups ? { permission: { latticePlatformGroups: groups } } : {},
      }),
    );

  it('has a default, and takes full entity references only', () => {
    expect(read()).toEqual(['group:default/platform']);
    expect(read(['group:Default/SRE'])).toEqual(['group:default/sre']);
    expect(() => read(['platform'])).toThrow(
      'permission.latticePlatformGroups has "platform"',
    );
  });
});
