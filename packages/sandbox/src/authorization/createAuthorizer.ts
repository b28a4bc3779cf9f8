import {
  parsePolicy,
  PatternElement,
  Statement,
} from '@lattice-portal/auth-policy';
import type { Authorize, Caller } from '../ControlPlane';
import type { Estate } from '../estate/Estate';
import type { Role } from '../estate/resources';
import { AwsError } from '../operations/AwsError';
import { conditionMatches } from './conditionMatches';
import { RequiredAction, requiredActions } from './requiredActions';
import { matchesWildcard } from './wildcard';

/**
 * Makes the check of identity policies that stands before every operation: a role's session may do
 * what a policy of the role allows explicitly and none denies; an account's root may do all.
 *
 * @remarks
 * Session policies, permissions boundaries and service control policies are not known here.
 */
export function createAuthorizer(options: { estate: Estate }): Authorize {
  const { estate } = options;
  return ({ service, operation, input, caller }) => {
    const session = /^arn:aws:sts::(\d{12}):assumed-role\/([^/]+)\//.exec(
      caller.principalArn,
    );
    if (!session) {
      return;
    }
    const role = estate.roles.find(
      candidate =>
        candidate.accountId === session[1] && candidate.name === session[2],
    );
    const statements = role ? statementsOf(estate, role) : [];
    for (const required of requiredActions({
      estate,
      service,
      operation,
      input,
      caller,
    })) {
      const keys = { ...contextKeys(estate, caller, role), ...required.keys };
      const reason = refusal(statements, required, keys);
      if (reason) {
        throw accessDenied(service, caller, required, reason);
      }
    }
  };
}

function statementsOf(estate: Estate, role: Role): Statement[] {
  const documents = [
    ...Object.values(role.inlinePolicies),
    ...role.attachedPolicyArns.map(
      arn => estate.managedPolicies.get(arn)?.document,
    ),
  ];
  return documents.flatMap(document => {
    const parsed = document && parsePolicy(document, { kind: 'identity' });
    return parsed && parsed.ok ? parsed.policy.statements : [];
  });
}

function contextKeys(
  estate: Estate,
  { accountId, region }: Caller,
  role: Role | undefined,
): Record<string, string | undefined> {
  const tags = Object.entries(role?.tags ?? {}).map(([key, value]) => [
    `aws:principaltag/${key.toLowerCase()}`,
    value,
  ]);
  return {
    'aws:principalarn': role?.arn,
    'aws:principalaccount': accountId,
    'aws:principaltype': 'AssumedRole',
    'aws:principalorgid': estate.organization.get('organization')?.id,
    'aws:requestedregion': region,
    ...Object.fromEntries(tags),
  };
}

function refusal(
  statements: Statement[],
  { action, resource }: RequiredAction,
  keys: Record<string, string | undefined>,
): string | undefined {
  let isAllowed = false;
  for (const statement of statements) {
    if (
      !matches(statement.action, action, { ignoreCase: true }) ||
      !matches(statement.resource, resource)
    ) {
      continue;
    }
    const isDeny = statement.effect === 'Deny';
    // A condition that isn't understood holds for a deny, and not for an allow.
    if (conditionMatches(statement.conditions ?? [], keys) ?? isDeny) {
      if (isDeny) {
        return 'with an explicit deny in an identity-based policy';
      }
      isAllowed = true;
    }
  }
  return isAllowed
    ? undefined
    : `because no identity-based policy allows the ${action} action`;
}

function matches(
  { patterns, negated }: PatternElement,
  text: string,
  options?: { ignoreCase: boolean },
): boolean {
  return (
    patterns.some(pattern => matchesWildcard(pattern, text, options)) !==
    negated
  );
}

function accessDenied(
  service: string,
  { principalArn }: Caller,
  { action, resource }: RequiredAction,
  reason: string,
): AwsError {
  const codes: Record<string, string> = {
    ec2: 'UnauthorizedOperation',
    iam: 'AccessDenied',
    sts: 'AccessDenied',
    cloudformation: 'AccessDenied',
    s3: 'AccessDenied',
  };
  const usesJson = ['logs', 'organizations', 'servicecatalog', 'cloudtrail'];
  return new AwsError({
    code: codes[service] ?? 'AccessDeniedException',
    statusCode: usesJson.includes(service) ? 400 : 403,
    message: `User: ${principalArn} is not authorized to perform: ${action} on resource: ${resource} ${reason}`,
  });
}
