import { JsonMember, JsonNode } from '../json/JsonNode';
import { JsonSyntaxError } from '../json/JsonSyntaxError';
import { jsonFromText } from '../json/jsonFromText';
import { StatementText, canonicalJson } from './StatementText';

/** A policy document taken apart only as far as statements, nothing of it lost. */
export interface DocumentText {
  /** Everything before the value of `Statement`. */
  before: string;
  /** Everything behind it. */
  after: string;
  /** The value of `Statement` as it stands. */
  value: string;
  /** Whether `Statement` is a list; AWS also takes a single statement. */
  isList: boolean;
  statements: StatementText[];
  /** Members other than `Statement`, in comparable form. */
  rest: string;
  version?: string;
}

/**
 * Takes a document apart. It need not be a valid policy: foreign statements are none of
 * our business. But it must be clear which statements there are and what they are called.
 *
 * @returns what is wrong, as text, if it isn't.
 */
export function readDocumentText(text: string): DocumentText | string {
  let node: JsonNode;
  try {
    node = jsonFromText(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) {
      return `not JSON: ${error.message}`;
    }
    throw error;
  }
  if (node.kind !== 'object') {
    return 'a policy must be an object';
  }
  const found = node.members.filter(({ key }) => key === 'Statement');
  if (found.length !== 1) {
    return found.length === 0
      ? 'Statement is missing'
      : 'Statement is given twice';
  }
  const [{ value }] = found;
  const items = value.kind === 'array' ? value.items : [value];
  const statements: StatementText[] = [];
  for (const item of items) {
    const statement = readStatement(item, text);
    if (typeof statement === 'string') {
      return statement;
    }
    statements.push(statement);
  }
  const start = value.offset!;
  const end = endOf(value, text);
  return {
    before: text.slice(0, start),
    value: text.slice(start, end),
    after: text.slice(end),
    isList: value.kind === 'array',
    statements,
    ...restOf(node.members),
  };
}

function readStatement(node: JsonNode, text: string): StatementText | string {
  if (node.kind !== 'object') {
    return 'a statement must be an object';
  }
  const sids = node.members.filter(({ key }) => key === 'Sid');
  if (sids.length > 1) {
    return 'a statement has two Sids';
  }
  const sid = sids[0]?.value;
  if (sid && sid.kind !== 'string') {
    return 'a Sid must be a string';
  }
  return {
    sid: sid?.kind === 'string' ? sid.value : undefined,
    raw: text.slice(node.offset, node.end),
    canonical: canonicalJson(node),
  };
}

function endOf(node: JsonNode, text: string): number {
  if (node.kind === 'object') {
    return node.end!;
  }
  // Behind the last item there can only be white space before the bracket.
  const last = node.kind === 'array' ? node.items[node.items.length - 1] : node;
  const from = last?.kind === 'object' ? last.end! : node.offset!;
  return text.indexOf(']', from) + 1;
}

function restOf(members: JsonMember[]): Pick<DocumentText, 'rest' | 'version'> {
  const others = members.filter(({ key }) => key !== 'Statement');
  const version = others.find(({ key }) => key === 'Version')?.value;
  return {
    rest: canonicalJson({ kind: 'object', members: others }),
    version: version?.kind === 'string' ? version.value : undefined,
  };
}
