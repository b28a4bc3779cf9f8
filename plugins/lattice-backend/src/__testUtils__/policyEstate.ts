import type { AccessLogRecord } from '@lattice-portal/access-logs';
import type { IdentityPolicies } from '@lattice-portal/auth-policy';
import { EstateIndex } from '../estate/EstateIndex';
import { PolicyLookup } from '../policies/PolicyLookup';
import { estateOf } from './estateOf';

const region = 'us-east-1';
export const serviceArn =
  'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-0a1b2c3d4e5f60718';
export const otherServiceArn =
  'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-0a1b2c3d4e5f60719';
export const networkArn =
  'arn:aws:vpc-lattice:us-east-1:223344556677:servicenetwork/sn-0a1b2c3d4e5f60718';

type Policy = object | 'NONE' | 'unreadable' | undefined;

const resourceOf = (arn: string, name: string, policy: Policy) => ({
  arn,
  id: arn.slice(arn.indexOf('/') + 1),
  name,
  accountId: '223344556677',
  region,
  tags: {},
  authType: policy === 'NONE' ? 'NONE' : 'AWS_IAM',
  authPolicy:
    policy === 'unreadable'
      ? { status: 'unreadable', reason: 'no role' }
      : {
          status: 'read',
          document:
            typeof policy === 'object' ? JSON.stringify(policy) : undefined,
        },
});

/**
 * Two services in one network with the given policies, and who looks them up.
 *
 * @param options - `identity`: of all roles of account 445566778899, the only one beside the services' own
 * that the portal reads
 */
export function policyEstate(options: {
  network?: Policy;
  service?: Policy;
  other?: Policy;
  identity?: IdentityPolicies | { unreadable: string };
}) {
  const { network = 'NONE', service, other } = options;
  const estate = estateOf({
    services: [
      { ...resourceOf(serviceArn, 'orders', service), listeners: [] },
      { ...resourceOf(otherServiceArn, 'inventory', other), listeners: [] },
    ],
    serviceNetworks: [resourceOf(networkArn, 'company', network)],
  });
  const index = EstateIndex.create({
    accounts: ['223344556677', '445566778899'].map(accountId => ({
      accountId,
      owner: `group:default/${accountId === '223344556677' ? 'us' : 'them'}`,
      regions: [region],
    })),
    snapshots: [
      {
        accountId: '223344556677',
        region,
        status: 'fresh',
        gaps: [],
        estate,
      },
    ],
  });
  const read = jest.fn(
    async () => options.identity ?? { unreadable: 'no such role' },
  );
  const policies = PolicyLookup.create({
    versions: { at: async () => undefined } as never,
    identity: { read } as never,
  });
  return { index, policies, read };
}

/** A call of a role to the first service that was let through. */
export function callOf(fields: Partial<AccessLogRecord> = {}): AccessLogRecord {
  const timestamp = fields.timestamp ?? Date.UTC(2026, 10, 22, 10);
  return {
    startTime: new Date(timestamp).toISOString(),
    serviceArn,
    serviceNetworkArn: networkArn,
    resolvedUser: 'arn:aws:sts::445566778899:assumed-role/orders/i-1',
    requestMethod: 'GET',
    requestPath: '/orders/1041',
    responseCode: 200,
    targetGroupArn: 'arn:tg',
    other: {},
    ...fields,
    timestamp,
  };
}

/** What a record has of a call that a policy refused. */
export const refusedBy = (
  authDeniedReason: AccessLogRecord['authDeniedReason'],
) => ({ authDeniedReason, responseCode: 403, targetGroupArn: undefined });
