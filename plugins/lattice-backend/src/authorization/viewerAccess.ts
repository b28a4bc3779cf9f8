import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { RecordedCall } from '@lattice-portal/access-log-store';
import { isDenied } from '@lattice-portal/plugin-lattice-common';
import type { EstateIndex } from '../estate/EstateIndex';
import {
  readAccessLogRecords,
  readDeniedRequests,
  readPolicies,
  readServices,
} from './accessKinds';
import type { LatticeAuthorizer } from './LatticeAuthorizer';
import {
  type DeniedRequestParties,
  toDeniedRequestResource,
} from './permissionResources';

interface AskOptions {
  authorizer: LatticeAuthorizer;
  credentials: BackstageCredentials;
  index: EstateIndex;
}

/**
 * Whether a viewer may read the auth policy of a service or network, or the identity policies of a
 * caller, by ARN.
 */
export type MayReadPolicy = (arn: string) => boolean;

/** Asks whose policies a viewer may read. */
export async function policyAccess(
  options: AskOptions,
): Promise<MayReadPolicy> {
  return accessByArn(options, readPolicies);
}

/** Asks which services a viewer may see. */
export async function serviceAccess(
  options: AskOptions,
): Promise<(arn: string) => boolean> {
  return accessByArn(options, readServices);
}

async function accessByArn(
  { authorizer, credentials, index }: AskOptions,
  kind: typeof readPolicies | typeof readServices,
): Promise<(arn: string) => boolean> {
  const access = await authorizer.of(credentials, kind);
  return arn =>
    access?.allows({ arn, owner: index.ownerOfResource(arn) }) ?? false;
}

/** Asks which denied requests a viewer may read. */
export async function deniedRequestAccess(
  options: AskOptions,
): Promise<(denied: DeniedRequestParties) => boolean> {
  const { authorizer, credentials, index } = options;
  const access = await authorizer.of(credentials, readDeniedRequests);
  if (!access || access.all) {
    return () => access !== undefined;
  }
  return denied => access.allows(toDeniedRequestResource(denied, index));
}

/**
 * Asks whose access log records a viewer may read: those of denied calls go by the permission for denied
 * requests.
 *
 * @returns `undefined` if the viewer may read none
 */
export async function recordAccess(
  options: AskOptions,
): Promise<((call: RecordedCall) => boolean) | undefined> {
  const { authorizer, credentials, index } = options;
  const [denied, others] = await Promise.all([
    authorizer.of(credentials, readDeniedRequests),
    authorizer.of(credentials, readAccessLogRecords),
  ]);
  if (!denied && !others) {
    return undefined;
  }
  return ({ key, records: [{ record, outcome, caller }] }) => {
    const resource = toDeniedRequestResource(
      {
        id: key,
        serviceArn: record.serviceArn,
        callerAccountId: caller.accountId,
      },
      index,
    );
    return (isDenied(outcome) ? denied : others)?.allows(resource) ?? false;
  };
}
