import { SearchProvisionedProductsCommand } from '@aws-sdk/client-service-catalog';
import type { ProvisioningClients } from '../../serviceCatalog/ProvisioningClients';
import { readStackParameters } from '../../serviceCatalog/readStackParameters';
import { stackNameOf } from '../../serviceCatalog/stackNameOf';

/** Product of the template `call-service`: what a role needs to call one service. */
const CALL_PRODUCT = 'lattice-service-call';

/** A provisioned product that lets a role call a service. */
export interface Call {
  /** Id of the provisioned product. */
  id: string;
  name: string;
}

/**
 * Finds what lets roles call other services. It hangs on the roles: they can't be removed before, and it is of no use
 * after.
 */
export async function findCalls(
  options: ProvisioningClients & {
    accountId: string;
    /** ARNs. */
    roleArns: string[];
  },
): Promise<Call[]> {
  const { accountId, cloudFormation } = options;
  if (options.roleArns.length === 0) {
    return [];
  }
  const roleNames = options.roleArns.map(arn => arn.split('/').at(-1));
  const calls: Call[] = [];
  for (const call of await allCalls(options)) {
    const stackName = stackNameOf({ accountId }, call.id);
    const { RoleName: roleName } = await readStackParameters({
      cloudFormation,
      stackName,
    });
    if (roleNames.includes(roleName)) {
      calls.push(call);
    }
  }
  return calls;
}

/** Of everybody's components in the account. */
async function allCalls({
  serviceCatalog,
}: ProvisioningClients): Promise<Call[]> {
  const calls: Call[] = [];
  let PageToken: string | undefined;
  do {
    const page = await serviceCatalog.send(
      new SearchProvisionedProductsCommand({
        AccessLevelFilter: { Key: 'Account', Value: 'self' },
        PageToken,
      }),
    );
    for (const {
      Id: id,
      Name: name,
      ProductName,
    } of page.ProvisionedProducts ?? []) {
      if (id && name && ProductName === CALL_PRODUCT) {
        calls.push({ id, name });
      }
    }
    PageToken = page.NextPageToken;
  } while (PageToken);
  return calls;
}
