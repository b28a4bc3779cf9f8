import { Members } from './Members';
import { Part } from './Problems';

/**
 * The members of an object as parts. Reports what isn't an object and keys given twice;
 * with `allowed`, members of other names too.
 *
 * @returns undefined if the part is not an object.
 */
export function readMembers(
  part: Part,
  options: { what: string; allowed?: readonly string[] },
): Members | undefined {
  const { node, problems } = part;
  const { what, allowed } = options;
  if (node.kind !== 'object') {
    problems.add({
      path: part.path,
      message: `${what} must be an object`,
      at: node,
    });
    return undefined;
  }
  const members = Members.create();
  for (const { key, offset, value } of node.members) {
    const member = part.child(value, key);
    if (members.get(key)) {
      problems.add({
        path: member.path,
        message: `${key} is given twice`,
        at: { offset },
      });
    } else if (allowed && !allowed.includes(key)) {
      problems.add({
        path: member.path,
        message: unknownMember({ key, what, allowed }),
        at: { offset },
      });
    }
    members.set(key, member);
  }
  return members;
}

function unknownMember(options: {
  key: string;
  what: string;
  allowed: readonly string[];
}): string {
  const { key, what, allowed } = options;
  const meant = allowed.find(name => name.toLowerCase() === key.toLowerCase());
  return meant
    ? `${key} must be written ${meant}`
    : `${what} has no element ${key}`;
}
