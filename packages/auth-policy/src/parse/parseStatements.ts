import { PolicyKind, Policy, PatternElement, Statement } from './Policy';
import { Members } from './Members';
import { Part } from './Problems';
import { parseConditions } from './parseConditions';
import { parsePatterns } from './parsePatterns';
import { parsePrincipal } from './parsePrincipal';
import { readMembers } from './readMembers';
import { readList, readString } from './readStrings';

interface Options {
  part: Part;
  kind: PolicyKind;
  version: Policy['version'];
}

const ELEMENTS = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

const NEGATIVES = {
  Principal: 'NotPrincipal',
  Action: 'NotAction',
  Resource: 'NotResource',
} as const;

/** Reads `Statement`: one statement or a list. */
export function parseStatements(options: Options): Statement[] {
  const sids = new Set<string>();
  const statements: Statement[] = [];
  for (const [index, part] of readList(options.part).entries()) {
    const statement = parseStatement({ ...options, part, index });
    if (!statement) {
      continue;
    }
    if (options.kind === 'identity' && statement.sid !== undefined) {
      // IAM wants this; for VPC Lattice it is not documented.
      if (sids.has(statement.sid)) {
        part.problems.add({
          path: `${part.path}.Sid`,
          message: `Sid ${statement.sid} is used by an earlier statement`,
          at: part.node,
        });
      }
      sids.add(statement.sid);
    }
    statements.push(statement);
  }
  return statements;
}

function parseStatement(
  options: Options & { index: number },
): Statement | undefined {
  const { part, kind, version, index } = options;
  const members = readMembers(part, {
    what: 'A statement',
    allowed: ELEMENTS,
  });
  if (!members) {
    return undefined;
  }
  const sid = members.get('Sid');
  const effect = parseEffect(part, members);
  const principal = parsePrincipalPair({ part, members, kind, effect });
  const action = parsePair({ part, members, version, name: 'Action' });
  const resource = parsePair({ part, members, version, name: 'Resource' });
  const condition = members.get('Condition');
  return {
    index,
    sid: sid && readString(sid, 'Sid'),
    effect: effect ?? 'Deny',
    principal,
    action,
    resource,
    conditions: condition && parseConditions({ part: condition, version }),
  };
}

function parseEffect(
  part: Part,
  members: Members,
): Statement['effect'] | undefined {
  const effect = members.get('Effect');
  if (
    effect?.node.kind === 'string' &&
    (effect.node.value === 'Allow' || effect.node.value === 'Deny')
  ) {
    return effect.node.value;
  }
  part.problems.add({
    path: effect?.path ?? part.path,
    message: effect ? 'Effect must be Allow or Deny' : 'Effect is missing',
    at: effect?.node ?? part.node,
  });
  return undefined;
}

function parsePrincipalPair(options: {
  part: Part;
  members: Members;
  kind: PolicyKind;
  effect?: Statement['effect'];
}): Statement['principal'] {
  const { part, members, kind, effect } = options;
  if (kind === 'identity') {
    for (const name of ['Principal', 'NotPrincipal']) {
      const member = members.get(name);
      if (member) {
        part.problems.add({
          path: member.path,
          message: `An identity-based policy has no ${name}`,
          at: member.node,
        });
      }
    }
    return undefined;
  }
  const element = onlyOne({ part, members, name: 'Principal' });
  if (!element) {
    return undefined;
  }
  if (element.negated && effect === 'Allow') {
    part.problems.add({
      path: element.part.path,
      message: 'NotPrincipal is not supported with Effect Allow',
      at: element.part.node,
    });
  }
  return {
    negated: element.negated,
    entries: parsePrincipal(element.part),
  };
}

function parsePair(options: {
  part: Part;
  members: Members;
  name: 'Action' | 'Resource';
  version: Policy['version'];
}): PatternElement {
  const { name, version } = options;
  const element = onlyOne(options);
  return {
    negated: element?.negated ?? false,
    patterns: element
      ? parsePatterns({ part: element.part, element: name, version })
      : [],
  };
}

function onlyOne(options: {
  part: Part;
  members: Members;
  name: keyof typeof NEGATIVES;
}): { part: Part; negated: boolean } | undefined {
  const { part, members, name } = options;
  const plain = members.get(name);
  const negative = members.get(NEGATIVES[name]);
  if (plain && negative) {
    part.problems.add({
      path: negative.path,
      message: `A statement can't have both ${name} and Not${name}`,
      at: negative.node,
    });
  }
  const element = plain ?? negative;
  if (!element) {
    part.problems.add({
      path: part.path,
      message: `${name} or Not${name} is missing`,
      at: part.node,
    });
    return undefined;
  }
  return { part: element, negated: !plain };
}
