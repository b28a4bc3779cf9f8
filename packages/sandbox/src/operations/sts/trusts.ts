import type { Estate } from '../../estate/Estate';
import type { PolicyJson } from '../../estate/resources';

interface TrustedCaller {
  accountId: string;
  principalArn: string;
}

/**
 * Whether a role's trust policy lets a caller assume it.
 *
 * @remarks
 * Principals are accounts (id or root ARN), roles, sessions and `*`. Conditions are `sts:ExternalId`,
 * `aws:PrincipalOrgID` and `aws:PrincipalArn`; a statement with any other condition does not match,
 * so that what isn't understood never lets anyone in.
 */
export function trusts(
  estate: Estate,
  trustPolicy: PolicyJson,
  caller: TrustedCaller,
  externalId: string | undefined,
): boolean {
  const statements = [trustPolicy.Statement ?? []].flat() as any[];
  const organization = estate.organization.get('organization');
  const values: Record<string, string | undefined> = {
    'sts:externalid': externalId,
    'aws:principalarn': roleArnOf(estate, caller) ?? caller.principalArn,
    'aws:principalorgid': estate.accounts.has(caller.accountId)
      ? organization?.id
      : undefined,
  };
  const matching = statements.filter(
    statement =>
      list(statement.Action).some(action =>
        ['sts:AssumeRole', 'sts:*', '*'].includes(action),
      ) &&
      principalMatches(estate, statement.Principal, caller) &&
      conditionMatches(statement.Condition, values),
  );
  return (
    matching.some(statement => statement.Effect === 'Allow') &&
    !matching.some(statement => statement.Effect === 'Deny')
  );
}

function list(value: unknown): string[] {
  return [value ?? []].flat() as string[];
}

/** ARN of the role behind a session, with its path. */
function roleArnOf(
  estate: Estate,
  { accountId, principalArn }: TrustedCaller,
): string | undefined {
  const name = /:assumed-role\/([^/]+)\//.exec(principalArn)?.[1];
  return estate.roles.find(
    role => role.accountId === accountId && role.name === name,
  )?.arn;
}

function principalMatches(
  estate: Estate,
  principal: any,
  caller: TrustedCaller,
): boolean {
  if (principal === '*') {
    return true;
  }
  const accepted = [
    '*',
    caller.accountId,
    `arn:aws:iam::${caller.accountId}:root`,
    caller.principalArn,
    roleArnOf(estate, caller),
  ];
  return list(principal?.AWS).some(item => accepted.includes(item));
}

function conditionMatches(
  condition: Record<string, Record<string, unknown>> = {},
  values: Record<string, string | undefined>,
): boolean {
  return Object.entries(condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => {
      const value = values[key.toLowerCase()];
      if (value === undefined) {
        return false;
      }
      switch (operator) {
        case 'StringEquals':
        case 'ArnEquals':
          return list(wanted).includes(value);
        case 'StringLike':
        case 'ArnLike':
          return list(wanted).some(pattern => matchesPattern(pattern, value));
        default:
          return false;
      }
    }),
  );
}

function matchesPattern(pattern: string, value: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`).test(value);
}
