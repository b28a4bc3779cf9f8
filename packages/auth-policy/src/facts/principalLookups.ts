import { KnownText } from '../match/PartialText';
import { CallerIdentity } from './CallerIdentity';
import { Fact, UnknownFact } from './Fact';
import { RequestContext } from './RequestContext';

/** How a key about the caller gets its value. */
export type Lookup = (caller: CallerIdentity, context: RequestContext) => Fact;

export const UNRECOGNISED = UnknownFact.create({
  reason: 'caller: its ARN has no form that the engine knows',
});
/** Why what hangs on the caller is not known of an unknown one. */
export const WHO_CALLS = 'caller: who calls is not known';
export const UNKNOWN_CALLER = UnknownFact.create({ reason: WHO_CALLS });
const NO_ROLE_PATH =
  "aws:PrincipalArn: the path of the caller's role is not known (a session ARN doesn't carry it)";

/** Of a session: the ARN of its role, of which the path may be open. */
export const principalArn: Lookup = caller => {
  switch (caller.kind) {
    case 'anonymous':
      return undefined;
    case 'session':
    case 'role': {
      const { roleArn, partition, account, roleName } = caller;
      return roleArn ?? openRoleArn({ partition, account, roleName });
    }
    case 'unrecognised':
      return UNRECOGNISED;
    case 'unknown':
      return UNKNOWN_CALLER;
    default:
      return caller.arn;
  }
};

function openRoleArn(options: {
  partition: string;
  account: string;
  roleName: string;
}): Fact {
  const { partition, account, roleName } = options;
  const role = `arn:${partition}:iam::${account}:role/`;
  return UnknownFact.create({
    reason: NO_ROLE_PATH,
    present: true,
    candidates: [`${role}${roleName}`, { before: role, after: `/${roleName}` }],
  });
}

const TYPES: Record<CallerIdentity['kind'], string> = {
  anonymous: 'Anonymous',
  root: 'Account',
  user: 'User',
  'federated-user': 'FederatedUser',
  session: 'AssumedRole',
  role: 'AssumedRole',
  unrecognised: '',
  unknown: '',
};

export function principalType(kind: CallerIdentity['kind']): string {
  return TYPES[kind];
}

export const userId: Lookup = caller => {
  const withId = (candidates: KnownText[]) =>
    UnknownFact.create({
      reason: "aws:userid: the caller's unique id is not known",
      present: true,
      candidates,
    });
  switch (caller.kind) {
    case 'root':
      return caller.account;
    case 'federated-user':
      return `${caller.account}:${caller.name}`;
    case 'user':
      return withId([{ before: 'AIDA', after: '' }]);
    case 'session':
      return withId([
        { before: 'AROA', after: `:${caller.arn.split('/').pop()}` },
      ]);
    case 'role':
      return withId([{ before: 'AROA', after: '' }]);
    default:
      return UnknownFact.create({
        reason:
          'aws:userid: open rule, what VPC Lattice puts there for an anonymous caller is not documented',
      });
  }
};

export const organization: Lookup = (caller, { request }) => {
  if (caller.kind === 'anonymous' || request.caller.kind !== 'signed') {
    return undefined;
  }
  const { organizationId } = request.caller;
  if (organizationId === undefined) {
    return UnknownFact.create({
      reason:
        "aws:PrincipalOrgID: the organization of the caller's account is not known",
    });
  }
  return organizationId === 'none' ? undefined : organizationId;
};

export const organizationPaths: Lookup = (caller, context) => {
  const id = organization(caller, context);
  return id === undefined
    ? undefined
    : UnknownFact.create({
        reason:
          "aws:PrincipalOrgPaths: the place of the caller's account in its organization is not known",
        present: typeof id === 'string',
        candidates:
          typeof id === 'string'
            ? [{ before: `${id}/`, after: '/' }]
            : undefined,
      });
};
