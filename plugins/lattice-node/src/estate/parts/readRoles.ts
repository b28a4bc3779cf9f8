import { IAMClient, paginateListRoles } from '@aws-sdk/client-iam';
import type { Role } from '@lattice-portal/plugin-lattice-common';
import { allItems, type EstateReading } from '../EstateReading';

/** Roles of the account, without the service-linked ones: these call no Lattice service. */
export async function readRoles(
  reading: EstateReading,
): Promise<Role[] | undefined> {
  const roles = await reading.attempt('roles', () =>
    allItems(
      paginateListRoles(
        { client: reading.client(IAMClient) },
        {},
        reading.callOptions,
      ),
      page => page.Roles,
    ),
  );
  return roles
    ?.filter(({ Path = '/' }) => !Path.startsWith('/aws-service-role/'))
    .map(({ Arn = '', RoleName = '' }) => ({
      arn: Arn,
      name: RoleName,
      accountId: reading.accountId,
    }));
}
