import type { Account, OrganizationalUnit } from '../../estate/resources';
import { AwsError } from '../AwsError';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { rootId } from './rootId';
import { paginate } from '../paginate';

/** Operations of AWS Organizations. */
export const organizationsOperations: ServiceOperations = {
  DescribeOrganization(_input, context) {
    const organization = findOrganization(context);
    const { id, managementAccountId } = organization;
    const management = context.estate.accounts.get(managementAccountId);
    return {
      Organization: {
        Id: id,
        Arn: `arn:aws:organizations::${managementAccountId}:organization/${id}`,
        FeatureSet: 'ALL',
        MasterAccountId: managementAccountId,
        MasterAccountArn: accountArn(context, managementAccountId),
        MasterAccountEmail: management?.email,
      },
    };
  },

  ListAccounts(input, context) {
    checkManagement(context);
    const { MaxResults = 20, NextToken } = input;
    if (MaxResults < 1 || MaxResults > 20) {
      throw invalidInput('MaxResults must be from 1 to 20');
    }
    const { items, nextToken } = paginate({
      items: context.estate.accounts.values(),
      key: account => account.id,
      maxResults: MaxResults,
      nextToken: NextToken,
      defaultSize: 20,
      invalidToken: () => invalidInput('The NextToken is not valid'),
    });
    return {
      Accounts: items.map(account => describe(context, account)),
      NextToken: nextToken,
    };
  },

  ListRoots(_input, context) {
    checkManagement(context);
    const { id, managementAccountId } = findOrganization(context);
    const root = rootId(findOrganization(context));
    return {
      Roots: [
        {
          Id: root,
          Arn: `arn:aws:organizations::${managementAccountId}:root/${id}/${root}`,
          Name: 'Root',
          PolicyTypes: [],
        },
      ],
    };
  },

  ListOrganizationalUnitsForParent({ ParentId }, context) {
    checkManagement(context);
    checkParent(context, ParentId);
    return {
      OrganizationalUnits: context.estate.organizationalUnits
        .filter(({ parentId }) => parentId === ParentId)
        .map(unit => describeUnit(context, unit)),
    };
  },

  DescribeOrganizationalUnit({ OrganizationalUnitId }, context) {
    checkManagement(context);
    const unit = context.estate.organizationalUnits.get(OrganizationalUnitId);
    if (!unit) {
      throw new AwsError({
        code: 'OrganizationalUnitNotFoundException',
        message: "You specified an organizational unit that doesn't exist.",
      });
    }
    return { OrganizationalUnit: describeUnit(context, unit) };
  },

  ListAccountsForParent({ ParentId }, context) {
    checkManagement(context);
    checkParent(context, ParentId);
    const root = rootId(findOrganization(context));
    return {
      Accounts: context.estate.accounts
        .filter(({ parentId = root }) => parentId === ParentId)
        .map(account => describe(context, account)),
    };
  },

  DescribeAccount(input, context) {
    checkManagement(context);
    const account = context.estate.accounts.get(input.AccountId);
    if (!account) {
      throw new AwsError({
        code: 'AccountNotFoundException',
        message: "You specified an account that doesn't exist.",
      });
    }
    return { Account: describe(context, account) };
  },
};

function checkParent(context: OperationContext, id: string): void {
  if (
    id !== rootId(findOrganization(context)) &&
    !context.estate.organizationalUnits.has(id)
  ) {
    throw new AwsError({
      code: 'ParentNotFoundException',
      message:
        "You specified a root or organizational unit that doesn't exist.",
    });
  }
}

function describeUnit(
  context: OperationContext,
  { id, name }: OrganizationalUnit,
) {
  const { id: organization, managementAccountId } = findOrganization(context);
  return {
    Id: id,
    Arn: `arn:aws:organizations::${managementAccountId}:ou/${organization}/${id}`,
    Name: name,
  };
}

function findOrganization({ estate, accountId }: OperationContext) {
  const organization = estate.organization.get('organization');
  if (!organization || !estate.accounts.has(accountId)) {
    throw new AwsError({
      code: 'AWSOrganizationsNotInUseException',
      message: 'Your account is not a member of an organization.',
    });
  }
  return organization;
}

/** Accounts are listed by the management account; the sandbox has no delegated administrators. */
function checkManagement(context: OperationContext): void {
  const { managementAccountId } = findOrganization(context);
  if (context.accountId !== managementAccountId) {
    throw new AwsError({
      code: 'AccessDeniedException',
      message:
        "You don't have permissions to access this resource: only the management account has.",
    });
  }
}

function invalidInput(message: string): AwsError {
  return new AwsError({
    code: 'InvalidInputException',
    message,
    members: { Reason: 'INVALID_PATTERN' },
  });
}

function accountArn({ estate }: OperationContext, id: string): string {
  const organization = estate.organization.get('organization')!;
  return `arn:aws:organizations::${organization.managementAccountId}:account/${organization.id}/${id}`;
}

function describe(context: OperationContext, account: Account) {
  return {
    Id: account.id,
    Arn: accountArn(context, account.id),
    Name: account.name,
    Email: account.email,
    Status: 'ACTIVE',
    State: 'ACTIVE',
    JoinedMethod: 'CREATED',
  };
}
