import { parseArn } from './parseArn';

/**
 * The principal to name in a policy for a caller seen in a log: the role behind an
 * assumed-role session, and the caller itself for everything else.
 *
 * @remarks
 * A session ARN does not carry the path of its role, so for a role with a path the
 * result lacks that path. Use the role's own ARN where it is known.
 *
 * @param principalArn - ARN of a session, role, user, federated user or account root.
 * @returns for `arn:aws:sts::A:assumed-role/NAME/SESSION` the role `arn:aws:iam::A:role/NAME`;
 * any other text unchanged.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 * @public
 */
export function roleArnFromPrincipal(principalArn: string): string {
  const arn = parseArn(principalArn);
  if (arn?.service !== 'sts') {
    return principalArn;
  }
  const [type, name] = arn.resource.split('/');
  return type === 'assumed-role' && name
    ? `arn:${arn.partition}:iam::${arn.account}:role/${name}`
    : principalArn;
}
