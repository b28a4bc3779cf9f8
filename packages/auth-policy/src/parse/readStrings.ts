import { Part } from './Problems';

/** A string as a part; reports anything else. */
export function readString(part: Part, what: string): string | undefined {
  const { node, problems } = part;
  if (node.kind === 'string') {
    return node.value;
  }
  problems.add({
    path: part.path,
    message: `${what} must be a string`,
    at: node,
  });
  return undefined;
}

/** The items of a list, or the value itself: brackets round a single value are optional. */
export function readList(part: Part): Part[] {
  const { node } = part;
  return node.kind === 'array'
    ? node.items.map((item, index) => part.child(item, index))
    : [part];
}
