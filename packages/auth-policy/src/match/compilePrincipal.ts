import { parseArn } from '../arn/parseArn';
import { BoundedMap } from '../BoundedMap';
import { CallerIdentity } from '../facts/CallerIdentity';
import { Notes } from '../facts/Fact';
import { WHO_CALLS } from '../facts/principalLookups';
import { RequestContext } from '../facts/RequestContext';
import { PrincipalElement, PrincipalEntry } from '../parse/Policy';
import { FALSE, TRUE, Truth, UNKNOWN, or, truthOf } from './Truth';

type Matcher = (context: RequestContext, notes: Notes) => Truth;
type SignedIdentity = Exclude<
  CallerIdentity,
  { kind: 'anonymous' | 'unrecognised' | 'unknown' }
>;

/**
 * `Principal` and `NotPrincipal`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function compilePrincipal(element: PrincipalElement): Matcher {
  const entries = element.entries.map(compileEntry);
  const listed: Matcher = (context, notes) => {
    let truth: Truth = FALSE;
    for (const entry of entries) {
      truth = or(truth, entry(context, notes));
      if (truth === TRUE) {
        break;
      }
    }
    return truth;
  };
  return element.negated ? notListed(element, listed) : listed;
}

/**
 * `NotPrincipal`. Who isn't listed is sure to be meant, and so is who has a permissions
 * boundary. Who is listed may be meant all the same: through an account or role that isn't
 * listed, or through a boundary that isn't known.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function notListed(element: PrincipalElement, listed: Matcher): Matcher {
  const everybody = element.entries.some(
    ({ type, value }) => type === 'AWS' && value === '*',
  );
  return (context, notes) => {
    if (context.caller.kind === 'anonymous') {
      return truthOf(!everybody);
    }
    if (context.caller.kind === 'unknown') {
      // Who isn't listed is meant. Who is may be spared, and so is the anonymous if all are listed.
      if (context.hasBoundary && !everybody) {
        return TRUE;
      }
      notes?.push(WHO_CALLS);
      return UNKNOWN;
    }
    if (context.hasBoundary || listed(context, undefined) === FALSE) {
      return TRUE;
    }
    notes?.push(
      "NotPrincipal: open rule, whether it spares a listed caller depends on the caller's permissions boundary (not known) and on its account and role being listed too",
    );
    return UNKNOWN;
  };
}

/** The same accounts and roles stand in many policies, and in their every version. */
const KNOWN = BoundedMap.create<string, Matcher>(1000);

function compileEntry(entry: PrincipalEntry): Matcher {
  const name = `${entry.type} ${entry.value}`;
  const known = KNOWN.get(name);
  if (known) {
    return known;
  }
  const matcher = matcherOf(entry);
  KNOWN.set(name, matcher);
  return matcher;
}

function matcherOf(entry: PrincipalEntry): Matcher {
  const matches = compileSigned(entry);
  return ({ caller }, notes) => {
    if (entry.type === 'AWS' && entry.value === '*') {
      return TRUE;
    }
    switch (caller.kind) {
      case 'anonymous':
        return FALSE;
      case 'unknown':
        notes?.push(WHO_CALLS);
        return UNKNOWN;
      case 'unrecognised':
        notes?.push(
          `Principal: whether ${caller.arn} is ${entry.value} is not known`,
        );
        return UNKNOWN;
      default:
        return matches(caller, notes);
    }
  };
}

function compileSigned({
  type,
  value,
}: PrincipalEntry): (caller: SignedIdentity, notes: Notes) => Truth {
  const open = (notes: Notes, reason: string): Truth => {
    notes?.push(`Principal ${value}: ${reason}`);
    return UNKNOWN;
  };
  if (type === 'Service') {
    // Only a service's own principal; the sessions of its roles are not meant.
    return () => FALSE;
  }
  if (type === 'CanonicalUser') {
    return (_caller, notes) =>
      open(notes, 'open rule, canonical users are not documented here');
  }
  if (/^\d{12}$/.test(value)) {
    return caller => truthOf(caller.account === value);
  }
  if (/^A(ID|RO)A/.test(value)) {
    return ({ kind }, notes) =>
      value.startsWith('AROA') === (kind === 'session' || kind === 'role') &&
      kind !== 'root'
        ? open(notes, "the caller's unique id is not known")
        : FALSE;
  }
  const arn = parseArn(value);
  if (!arn) {
    return () => FALSE;
  }
  const [form, ...path] = arn.resource.split('/');
  const name = path[path.length - 1];
  return (caller, notes) => {
    if (caller.account !== arn.account || caller.partition !== arn.partition) {
      return FALSE;
    }
    switch (form) {
      case 'root':
        return TRUE;
      case 'role':
        return matchRole({ caller, value, name, open, notes });
      case 'user':
        return matchUser({ caller, value, name, open, notes });
      case 'assumed-role':
        return caller.kind === 'role' && caller.roleName === path[0]
          ? open(notes, 'the session of the caller is not known')
          : truthOf(caller.arn === value);
      default:
        return truthOf(caller.arn === value);
    }
  };
}

interface NamedOptions {
  caller: SignedIdentity;
  value: string;
  name: string;
  open: (notes: Notes, reason: string) => Truth;
  notes: Notes;
}

/** Role names are unique in an account, and a session ARN has no path to compare. */
function matchRole(options: NamedOptions): Truth {
  const { caller, value, name, open, notes } = options;
  if (
    (caller.kind !== 'session' && caller.kind !== 'role') ||
    caller.roleName !== name
  ) {
    return FALSE;
  }
  return caller.roleArn === undefined || caller.roleArn === value
    ? TRUE
    : open(notes, 'open rule, a role named with another path than its own');
}

function matchUser(options: NamedOptions): Truth {
  const { caller, value, name, open, notes } = options;
  if (caller.kind === 'federated-user') {
    return open(notes, 'which user is behind the federated user is not known');
  }
  if (caller.kind !== 'user' || caller.name !== name) {
    return FALSE;
  }
  return caller.arn === value
    ? TRUE
    : open(notes, 'open rule, a user named with another path than its own');
}
