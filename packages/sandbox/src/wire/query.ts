import { Member, resolve, ServiceModel } from './model';
import { parseText, serializationError } from './simpleValues';

/** Parameters of a query request as a tree: `A.member.1=x` is `{A: {member: {1: 'x'}}}`. */
export interface QueryNode {
  value?: string;
  children: Map<string, QueryNode>;
}

/** Reads a form-encoded body. */
export function parseQuery(body: string): QueryNode {
  const root: QueryNode = { children: new Map() };
  for (const [name, value] of new URLSearchParams(body)) {
    let node = root;
    for (const part of name.split('.')) {
      let child = node.children.get(part);
      if (!child) {
        child = { children: new Map() };
        node.children.set(part, child);
      }
      node = child;
    }
    node.value = value;
  }
  return root;
}

/**
 * Reads a value of the awsQuery or ec2Query protocol by its shape.
 *
 * @remarks
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html and aws-ec2-query-protocol.html:
 * they differ in the names of members, and ec2Query flattens all lists.
 */
export function readQuery(
  model: ServiceModel,
  member: Member,
  node: QueryNode,
): unknown {
  const [target, traits = {}] = member;
  const shape = resolve(model, target);
  if (typeof shape === 'number') {
    if (node.value === undefined) {
      throw serializationError('A structure was given where a value belongs');
    }
    return parseText(shape, node.value);
  }
  const flat = traits.xmlFlattened || model.protocol === 'ec2Query';
  if (shape.list) {
    const name = shape.list[1]?.xmlName ?? 'member';
    return itemsOf(flat ? node : node.children.get(name)).map(item =>
      readQuery(model, shape.list!, item),
    );
  }
  const result: Record<string, unknown> = {};
  if (shape.map) {
    const [key, value] = shape.map;
    for (const item of itemsOf(flat ? node : node.children.get('entry'))) {
      const keyNode = item.children.get(key[1]?.xmlName ?? 'key');
      const valueNode = item.children.get(value[1]?.xmlName ?? 'value');
      if (keyNode?.value !== undefined && valueNode) {
        result[keyNode.value] = readQuery(model, value, valueNode);
      }
    }
    return result;
  }
  for (const [name, inner] of Object.entries(shape.members ?? {})) {
    const child = node.children.get(keyOf(model, name, inner));
    if (child) {
      result[name] = readQuery(model, inner, child);
    }
  }
  return result;
}

function keyOf(model: ServiceModel, name: string, [, traits = {}]: Member) {
  if (model.protocol === 'ec2Query') {
    const key = traits.xmlName ?? name;
    return traits.ec2QueryName ?? key.charAt(0).toUpperCase() + key.slice(1);
  }
  return traits.xmlName ?? name;
}

function itemsOf(node: QueryNode | undefined): QueryNode[] {
  return [...(node?.children ?? [])]
    .filter(([index]) => /^\d+$/.test(index))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, item]) => item);
}
