import { JsonNode } from '../json/JsonNode';

/** One statement of a document with the text that it has there. */
export interface StatementText {
  sid?: string;
  /** Exactly as it stands in the document. */
  raw: string;
  /** Equal for statements that say the same in the same words; see {@link canonicalJson}. */
  canonical: string;
}

/**
 * A text that is equal for JSON values which differ only in the order of members and in
 * brackets round single values, which policies may leave out.
 *
 * Keys given twice stay in their order: which of them counts is not documented.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function canonicalJson(node: JsonNode): string {
  switch (node.kind) {
    case 'object':
      return `{${node.members
        .map(
          ({ key, value }) =>
            [key, `${JSON.stringify(key)}:${canonicalJson(value)}`] as const,
        )
        .sort(([left], [right]) => compare(left, right))
        .map(([, text]) => text)
        .join(',')}}`;
    case 'array':
      return node.items.length === 1 && isScalar(node.items[0])
        ? canonicalJson(node.items[0])
        : `[${node.items.map(canonicalJson).join(',')}]`;
    case 'number':
      return node.text;
    case 'null':
      return 'null';
    default:
      return JSON.stringify(node.value);
  }
}

function compare(left: string, right: string): number {
  if (left === right) {
    return 0;
  }
  return left < right ? -1 : 1;
}

function isScalar({ kind }: JsonNode): boolean {
  return kind !== 'object' && kind !== 'array';
}
