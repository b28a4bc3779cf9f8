import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  composeAccountRoles,
  composeAccountRolesProduct,
} from './composeAccountRoles';
import { readLaunchRoles } from './readLaunchRoles';

/** The files that hold the roles of accounts, as they should be: texts by path under `templates`. */
export async function accountRoleFiles(
  templates: string,
): Promise<Record<string, string>> {
  const accountRoles = composeAccountRoles(
    await readFile(
      join(templates, 'service-network/accounts/portal-roles.yaml'),
      'utf8',
    ),
    await readLaunchRoles(templates),
  );
  return {
    'service-network/accounts/account-roles.yaml': accountRoles,
    'service-network/product/account-roles.yaml':
      composeAccountRolesProduct(accountRoles),
  };
}
