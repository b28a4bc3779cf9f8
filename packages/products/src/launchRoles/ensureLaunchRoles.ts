import { isDeepStrictEqual } from 'node:util';
import {
  CreateRoleCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { paginateListAccounts } from '@aws-sdk/client-organizations';
import type { AwsClients } from '../aws/AwsClients';
import { LaunchRole } from '../descriptor/Product';
import { Changes } from '../publish/Changes';
import { PublishSettings } from '../settings/PublishSettings';
import { POLICY_NAME, launchRoleTrust } from './launchRoleTrust';

const ACCOUNTS_AT_ONCE = 8;

/** Makes launch roles in the accounts they are needed in, and brings their policies up to date. */
export async function ensureLaunchRoles(options: {
  clients: AwsClients;
  /** Of products that other accounts can launch. */
  sharedRoles: LaunchRole[];
  /** Of products that only the publishing account can launch. */
  ownRoles: LaunchRole[];
  settings: PublishSettings['launchRoles'];
  changes: Changes;
}): Promise<void> {
  const { clients, sharedRoles, ownRoles, settings, changes } = options;
  const accounts =
    settings.accounts === 'organization'
      ? await listAccounts(clients)
      : [...settings.accounts];
  const work = async () => {
    for (let id = accounts.shift(); id; id = accounts.shift()) {
      const iam = await clients.iamOf(id, settings.assume);
      const isOwn = id === clients.accountId;
      for (const role of isOwn ? [...sharedRoles, ...ownRoles] : sharedRoles) {
        await ensureLaunchRole({ iam, accountId: id, role, changes });
      }
    }
  };
  await Promise.all(Array.from({ length: ACCOUNTS_AT_ONCE }, work));
}

async function listAccounts({ organizations }: AwsClients): Promise<string[]> {
  const ids: string[] = [];
  for await (const { Accounts = [] } of paginateListAccounts(
    { client: organizations },
    {},
  )) {
    ids.push(
      ...Accounts.filter(
        ({ State, Status }) => (State ?? Status) === 'ACTIVE',
      ).map(({ Id }) => Id!),
    );
  }
  return ids;
}

async function ensureLaunchRole(options: {
  iam: IAMClient;
  accountId: string;
  role: LaunchRole;
  changes: Changes;
}): Promise<void> {
  const { iam, accountId, role, changes } = options;
  const { name: RoleName, policy: PolicyDocument } = role;
  const place = `launch role ${RoleName} in account ${accountId}`;
  const trust = JSON.stringify(launchRoleTrust(accountId));
  const existing = await unlessMissing(() =>
    iam.send(new GetRoleCommand({ RoleName })),
  );
  if (!existing) {
    await changes.change(`create ${place}`, () =>
      iam.send(
        new CreateRoleCommand({
          RoleName,
          AssumeRolePolicyDocument: trust,
          Description: 'As whom Service Catalog makes a product of the portal',
        }),
      ),
    );
  } else if (!isSameDocument(existing.Role?.AssumeRolePolicyDocument, trust)) {
    await changes.change(`update the trust of ${place}`, () =>
      iam.send(
        new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust }),
      ),
    );
  }
  const policy =
    existing &&
    (await unlessMissing(() =>
      iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: POLICY_NAME })),
    ));
  if (!isSameDocument(policy?.PolicyDocument, PolicyDocument)) {
    await changes.change(`set the policy of ${place}`, () =>
      iam.send(
        new PutRolePolicyCommand({
          RoleName,
          PolicyName: POLICY_NAME,
          PolicyDocument,
        }),
      ),
    );
  }
}

async function unlessMissing<T>(
  read: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if ((error as Error).name === 'NoSuchEntityException') {
      return undefined;
    }
    throw error;
  }
}

/** IAM answers with URL-encoded documents. */
function isSameDocument(encoded: string | undefined, wanted: string): boolean {
  return (
    encoded !== undefined &&
    isDeepStrictEqual(
      JSON.parse(decodeURIComponent(encoded)),
      JSON.parse(wanted),
    )
  );
}
