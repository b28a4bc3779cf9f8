import {
  type CloudFormationClient,
  DescribeStacksCommand,
  type Parameter,
} from '@aws-sdk/client-cloudformation';
import { SearchProvisionedProductsCommand } from '@aws-sdk/client-service-catalog';
import { toError } from '@backstage/errors';
import type { ProvisioningClients } from '../serviceCatalog/ProvisioningClients';
import { stackNameOf } from '../serviceCatalog/stackNameOf';

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
    if (
      (await readParameters(cloudFormation, stackName)).some(
        ({ ParameterKey, ParameterValue }) =>
          ParameterKey === 'RoleName' && roleNames.includes(ParameterValue),
      )
    ) {
      calls.push(call);
    }
  }
  return calls;
}

async function readParameters(
  cloudFormation: CloudFormationClient,
  stackName: string,
): Promise<Parameter[]> {
  try {
    const { Stacks = [] } = await cloudFormation.send(
      new DescribeStacksCommand({ StackName: stackName }),
    );
    return Stacks.at(0)?.Parameters ?? [];
  } catch (error) {
    // So AWS calls a stack that isn't there: the product was never made.
    if (toError(error).name === 'ValidationError') {
      return [];
    }
    throw error;
  }
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
