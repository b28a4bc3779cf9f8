import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import {
  type BackstageCredentials,
  type BackstageUserPrincipal,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import {
  type AuthorizePermissionResponse,
  AuthorizeResult,
  type Permission,
  type PolicyDecision,
  type QueryPermissionResponse,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { LatticePermissionPolicy } from '@lattice-portal/plugin-permission-backend-module-lattice';
import type { JsonObject } from '@backstage/types';
import { accessKeyIdOf, type TestSandbox } from '@lattice-portal/sandbox';
import request from 'supertest';
import { latticePlugin } from '../plugin';

/** Who tries things, and what they belong to. */
const groups: Record<string, string[]> = {
  'user:default/analytics-developer': ['group:default/analytics'],
  'user:default/commerce-owner': ['group:default/commerce'],
  'user:default/edge-developer': ['group:default/edge'],
  'user:default/platform-engineer': ['group:default/platform'],
};

const accounts = {
  '001122334455': ['shared-services', 'platform'],
  '223344556677': ['commerce', 'commerce'],
  '445566778899': ['edge', 'edge'],
  '556677889900': ['payments', 'payments'],
  '667788990011': ['analytics', 'analytics'],
  '778899001122': ['legacy', 'platform'],
};

const allow: { result: AuthorizeResult.ALLOW } = {
  result: AuthorizeResult.ALLOW,
};

const userInfo = mockServices.userInfo.mock({
  getUserInfo: async credentials => {
    const { userEntityRef } = credentials.principal as BackstageUserPrincipal;
    return {
      userEntityRef,
      ownershipEntityRefs: [userEntityRef, ...(groups[userEntityRef] ?? [])],
    };
  },
});

/** The permission service as it decides with the given policy. */
function permissionsBy(policy: PermissionPolicy) {
  const decide = async (
    permission: Permission,
    credentials: BackstageCredentials,
  ): Promise<PolicyDecision> => {
    const principal = credentials.principal as BackstageUserPrincipal;
    return principal.type === 'user'
      ? policy.handle({ permission }, { credentials } as PolicyQueryUser)
      : allow;
  };
  return mockServices.permissions.mock({
    authorize: async (requests, { credentials }: any) =>
      Promise.all(
        requests.map(
          ({ permission }) =>
            decide(
              permission,
              credentials,
            ) as Promise<AuthorizePermissionResponse>,
        ),
      ),
    authorizeConditional: async (requests, { credentials }: any) =>
      Promise.all(
        requests.map(
          ({ permission }) =>
            decide(permission, credentials) as Promise<QueryPermissionResponse>,
        ),
      ),
  });
}

/**
 * The back end as it runs in earnest, against an AWS estate of its own.
 */
export async function startPortal(options: {
  sandbox: TestSandbox;
  accountIds?: string[];
  /** Further configuration under `lattice.accessLogs`. */
  accessLogs?: JsonObject;
}) {
  const { sandbox, accountIds = Object.keys(accounts), accessLogs } = options;
  const policy = LatticePermissionPolicy.create({
    userInfo,
    platformGroups: ['group:default/platform'],
  });
  process.env.AWS_ENDPOINT_URL = sandbox.url;
  const sent = jest.fn();
  const started = await startTestBackend({
    features: [
      latticePlugin,
      mockServices.rootConfig.factory({
        data: {
          aws: {
            mainAccount: {
              accountId: '001122334455',
              accessKeyId: accessKeyIdOf('001122334455'),
              secretAccessKey: 'sandbox',
            },
          },
          lattice: {
            regions: ['us-east-1'],
            accounts: accountIds.map(accountId => ({
              accountId,
              name: accounts[accountId as keyof typeof accounts]?.[0],
              owner: `group:default/${
                accounts[accountId as keyof typeof accounts]?.[1]
              }`,
            })),
            roles: { writer: 'lattice-portal-writer' },
            ...(accessLogs && { accessLogs }),
            schedule: {
              estate: { frequency: { seconds: 2 } },
              accessLogs: { frequency: { seconds: 1 } },
              accessRequests: { frequency: { seconds: 1 } },
            },
          },
        },
      }),
      // The mock does each task only once.
      schedulerServiceFactory,
      permissionsBy(policy).factory,
      userInfo.factory,
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({ send: sent }),
      }),
    ],
  });

  const { server } = started;

  /** The API as one user sees it. */
  function as(user: string | 'service' | 'nobody') {
    const header = headerOf(user);
    return {
      get: async (path: string, query: object = {}) =>
        request(server)
          .get(`/api/lattice/v1${path}`)
          .query(query)
          .set('authorization', header),
      post: async (path: string, body: object = {}) =>
        request(server)
          .post(`/api/lattice/v1${path}`)
          .set('authorization', header)
          .send(body),
    };
  }
  return { server, as, sent, stop: () => started.stop() };
}

function headerOf(user: string): string {
  switch (user) {
    case 'service':
      return mockCredentials.service.header();
    case 'nobody':
      return mockCredentials.none.header();
    default:
      return mockCredentials.user.header(`user:default/${user}`);
  }
}

/**
 * Tries until it does not throw any more.
 */
export async function eventually<T>(
  attempt: () => Promise<T>,
  seconds = 30,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) {
        throw error;
      }
      await new Promise(resolve => setTimeout(resolve, 250));
    }
  }
}
