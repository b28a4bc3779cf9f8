import { PrincipalEntry } from './Policy';
import { Part } from './Problems';
import { readMembers } from './readMembers';
import { readList, readString } from './readStrings';

const AWS_FORMS = [
  /^\*$/,
  /^\d{12}$/,
  /^arn:[\w-]+:iam::\d{12}:(root|(user|role)\/[^*?]+)$/,
  /^arn:[\w-]+:sts::\d{12}:(assumed-role\/[^/*?]+|federated-user)\/[^/*?]+$/,
  // Unique ids of users and roles: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
  /^A(ID|RO)A[A-Z0-9]{8,}$/,
];

/**
 * Reads the value of `Principal` or `NotPrincipal`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function parsePrincipal(part: Part): PrincipalEntry[] {
  const { node, problems } = part;
  if (node.kind === 'string') {
    if (node.value !== '*') {
      problems.add({
        path: part.path,
        message: 'A principal other than "*" must be an object',
        at: node,
      });
    }
    return [{ type: 'AWS', value: '*' }];
  }
  const entries: PrincipalEntry[] = [];
  const members = readMembers(part, {
    what: 'Principal',
    allowed: ['AWS', 'Service', 'Federated', 'CanonicalUser'],
  });
  if (members?.size === 0) {
    problems.add({
      path: part.path,
      message: 'Principal names nobody',
      at: node,
    });
  }
  for (const [type, member] of members ?? []) {
    if (type === 'Federated') {
      problems.add({
        path: member.path,
        message: 'Federated principals are for role trust policies only',
        at: member.node,
      });
    } else if (isEntryType(type)) {
      entries.push(...parseEntries(type, member));
    }
  }
  return entries;
}

function isEntryType(type: string): type is PrincipalEntry['type'] {
  return type === 'AWS' || type === 'Service' || type === 'CanonicalUser';
}

function parseEntries(
  type: PrincipalEntry['type'],
  part: Part,
): PrincipalEntry[] {
  const entries: PrincipalEntry[] = [];
  for (const item of readList(part)) {
    const value = readString(item, type);
    if (value === undefined) {
      continue;
    }
    const message = entryProblem({ type, value });
    if (message) {
      item.problems.add({ path: item.path, message, at: item.node });
    }
    entries.push({ type, value });
  }
  return entries;
}

function entryProblem({ type, value }: PrincipalEntry): string | undefined {
  if (type !== 'AWS') {
    return value === '' || /[*?]/.test(value)
      ? `"${value}" is no ${type} principal: wildcards are not allowed`
      : undefined;
  }
  if (AWS_FORMS.some(form => form.test(value))) {
    return undefined;
  }
  return /[*?]/.test(value)
    ? `"${value}" has a wildcard; a principal is "*" or named in full`
    : `"${value}" is no principal: name an account, role, session, user or federated user`;
}
