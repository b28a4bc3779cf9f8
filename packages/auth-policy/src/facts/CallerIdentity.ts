import { parseArn } from '../arn/parseArn';
import { BoundedMap } from '../BoundedMap';
import { OpenRequest } from '../types';

/** A caller taken apart. */
export type CallerIdentity =
  | { kind: 'anonymous' }
  /** It may be any other. */
  | { kind: 'unknown' }
  | {
      /** A role of which no session is given: what any of its sessions may do. */
      kind: 'session' | 'role';
      arn: string;
      partition: string;
      account: string;
      roleName: string;
      /** With path; absent if only the session is known. */
      roleArn?: string;
    }
  | {
      kind: 'user' | 'federated-user';
      arn: string;
      partition: string;
      account: string;
      /** Without path. */
      name: string;
    }
  | { kind: 'root'; arn: string; partition: string; account: string }
  | { kind: 'unrecognised'; arn: string };

const ANONYMOUS: CallerIdentity = { kind: 'anonymous' };
const UNKNOWN: CallerIdentity = { kind: 'unknown' };

/** Callers come back: the same caller is the same object, as long as it is remembered. */
const KNOWN = BoundedMap.create<
  string,
  { roleArn?: string; identity: CallerIdentity }
>(10_000);

/**
 * Takes a caller apart by the form of its ARN.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
export function identifyCaller(caller: OpenRequest['caller']): CallerIdentity {
  if (caller.kind !== 'signed') {
    return caller.kind === 'anonymous' ? ANONYMOUS : UNKNOWN;
  }
  const { arn, roleArn } = caller;
  const known = KNOWN.get(arn);
  if (known && known.roleArn === roleArn) {
    return known.identity;
  }
  const identity = identify(arn, roleArn);
  KNOWN.set(arn, { roleArn, identity });
  return identity;
}

function identify(arn: string, roleArn?: string): CallerIdentity {
  const parsed = parseArn(arn);
  if (!parsed || !/^\d{12}$/.test(parsed.account)) {
    return { kind: 'unrecognised', arn };
  }
  const { partition, service, account, resource } = parsed;
  const base = { arn, partition, account };
  if (service === 'iam' && resource === 'root') {
    return { ...base, kind: 'root' };
  }
  const parts = resource.split('/');
  const [type, second] = parts;
  const last = parts[parts.length - 1];
  if (!second || !last) {
    return { kind: 'unrecognised', arn };
  }
  switch (`${service}:${type}`) {
    case 'sts:assumed-role':
      return { ...base, kind: 'session', roleName: second, roleArn };
    case 'sts:federated-user':
      return { ...base, kind: 'federated-user', name: second };
    case 'iam:role':
      return { ...base, kind: 'role', roleName: last, roleArn: arn };
    case 'iam:user':
      return { ...base, kind: 'user', name: last };
    default:
      return { kind: 'unrecognised', arn };
  }
}
