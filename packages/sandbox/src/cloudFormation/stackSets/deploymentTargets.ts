import type { Estate } from '../../estate/Estate';
import { rootId } from '../../operations/organizations/rootId';
import { validationError } from '../operations/validationErrors';
import { StackSet } from './StackSet';

/** An account that an operation goes to, with the unit it was chosen by. */
export interface TargetAccount {
  account: string;
  organizationalUnitId?: string;
}

interface RequestedTargets {
  Accounts?: string[];
  DeploymentTargets?: {
    Accounts?: string[];
    OrganizationalUnitIds?: string[];
    AccountFilterType?: string;
  };
}

/**
 * The accounts that a request's targets stand for.
 *
 * @throws AwsError when the targets don't suit the permission model, or name what isn't there.
 * {@link https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeploymentTargets.html}
 */
export function targetAccounts(
  estate: Estate,
  { permissionModel }: StackSet,
  request: RequestedTargets,
): TargetAccount[] {
  const { DeploymentTargets = {} } = request;
  const units = DeploymentTargets.OrganizationalUnitIds ?? [];
  const accounts = request.Accounts ?? DeploymentTargets.Accounts ?? [];
  if (permissionModel === 'SELF_MANAGED') {
    if (units.length > 0) {
      throw validationError(
        'StackSets with SELF_MANAGED permission model can only have accounts as target',
      );
    }
    if (accounts.length === 0) {
      throw validationError('Accounts or DeploymentTargets must be specified');
    }
    return accounts.map(account => ({ account }));
  }
  if (units.length === 0) {
    throw validationError(
      'OrganizationalUnitIds are required for StackSets with SERVICE_MANAGED permission model',
    );
  }
  return filtered(
    units.flatMap(unit =>
      accountsBelow(estate, unit).map(account => ({
        account,
        organizationalUnitId: unit,
      })),
    ),
    accounts,
    DeploymentTargets.AccountFilterType ??
      (accounts.length > 0 ? 'INTERSECTION' : 'NONE'),
  );
}

function filtered(
  ofUnits: TargetAccount[],
  accounts: string[],
  filter: string,
): TargetAccount[] {
  switch (filter) {
    case 'INTERSECTION':
      return ofUnits.filter(({ account }) => accounts.includes(account));
    case 'DIFFERENCE':
      return ofUnits.filter(({ account }) => !accounts.includes(account));
    case 'UNION':
      return [
        ...ofUnits,
        ...accounts
          .filter(account => !ofUnits.some(other => other.account === account))
          .map(account => ({ account })),
      ];
    default:
      return ofUnits;
  }
}

/** The member accounts below a root or unit. The management account is never among them. */
function accountsBelow(estate: Estate, unit: string): string[] {
  const organization = estate.organization.get('organization');
  if (organization && unit === rootId(organization)) {
    return estate.accounts
      .filter(({ id }) => id !== organization.managementAccountId)
      .map(({ id }) => id);
  }
  if (!estate.organizationalUnits.has(unit)) {
    throw validationError(`Organizational unit ${unit} does not exist`);
  }
  const below = estate.organizationalUnits
    .filter(({ parentId }) => parentId === unit)
    .flatMap(({ id }) => accountsBelow(estate, id));
  const own = estate.accounts
    .filter(
      ({ id, parentId }) =>
        parentId === unit && id !== organization?.managementAccountId,
    )
    .map(({ id }) => id);
  return [...own, ...below];
}
