import { JsonNode } from '../json/JsonNode';
import { JsonSyntaxError } from '../json/JsonSyntaxError';
import { jsonFromText } from '../json/jsonFromText';
import { jsonFromValue } from '../json/jsonFromValue';
import { PolicyProblem } from '../types';
import { Policy, PolicyKind } from './Policy';
import { Part, Problems } from './Problems';
import { parseStatements } from './parseStatements';
import { readMembers } from './readMembers';
import { readString } from './readStrings';

/**
 * How a document is to be read.
 *
 * @public
 */
export interface ParsePolicyOptions {
  /** Default: `resource`, an auth policy. */
  kind?: PolicyKind;
}

/**
 * The parsed policy, or every problem found in the document.
 *
 * @public
 */
export type ParsePolicyResult =
  | { ok: true; policy: Policy }
  | { ok: false; problems: PolicyProblem[] };

const VERSIONS = ['2008-10-17', '2012-10-17'] as const;

/**
 * Reads a policy document strictly.
 *
 * @remarks
 * Finds every problem at once, also those that `JSON.parse` hides, such as a key given
 * twice. White space and line breaks are allowed, although `PutAuthPolicy` wants none.
 *
 * @param source - the document as text, or as parsed JSON (which is not changed).
 * @returns the policy, or all its problems with their JSON paths; for text with line
 * and column.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 * @public
 */
export function parsePolicy(
  source: unknown,
  options: ParsePolicyOptions = {},
): ParsePolicyResult {
  const { kind = 'resource' } = options;
  const problems = Problems.create(
    typeof source === 'string' ? source : undefined,
  );
  const node = readJson(source, problems);
  const policy =
    node && parseDocument({ part: Part.root(node, problems), kind });
  return policy && problems.list.length === 0
    ? { ok: true, policy }
    : { ok: false, problems: problems.list };
}

function readJson(source: unknown, problems: Problems): JsonNode | undefined {
  try {
    return typeof source === 'string'
      ? jsonFromText(source)
      : jsonFromValue(source);
  } catch (error) {
    if (error instanceof JsonSyntaxError) {
      problems.add({ path: '$', message: error.message, at: error });
      return undefined;
    }
    throw error;
  }
}

function parseDocument(options: {
  part: Part;
  kind: PolicyKind;
}): Policy | undefined {
  const { part, kind } = options;
  const members = readMembers(part, {
    what: 'A policy',
    allowed: ['Version', 'Id', 'Statement'],
  });
  if (!members) {
    return undefined;
  }
  const version = parseVersion(members.get('Version'));
  const id = members.get('Id');
  if (id && kind === 'identity') {
    part.problems.add({
      path: id.path,
      message: 'An identity-based policy has no Id',
      at: id.node,
    });
  }
  const statement = members.get('Statement');
  if (!statement) {
    part.problems.add({
      path: part.path,
      message: 'Statement is missing',
      at: part.node,
    });
    return undefined;
  }
  return {
    kind,
    version,
    id: id && readString(id, 'Id'),
    statements: parseStatements({ part: statement, kind, version }),
  };
}

function parseVersion(part?: Part): Policy['version'] {
  const text = part && readString(part, 'Version');
  const version = VERSIONS.find(known => known === text);
  if (part && text !== undefined && !version) {
    part.problems.add({
      path: part.path,
      message: `Version must be ${VERSIONS.join(' or ')}`,
      at: part.node,
    });
  }
  return version;
}
