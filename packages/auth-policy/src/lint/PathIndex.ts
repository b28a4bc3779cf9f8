import { JsonNode } from '../json/JsonNode';
import { memberPath } from './memberPath';

/** Where the parts of a document stand, by JSON path. Members stand where their key is. */
export class PathIndex {
  private readonly offsets: ReadonlyMap<string, number | undefined>;
  private readonly text?: string;

  private constructor(
    offsets: ReadonlyMap<string, number | undefined>,
    text?: string,
  ) {
    this.offsets = offsets;
    this.text = text;
  }

  static create(node: JsonNode, text?: string): PathIndex {
    const offsets = new Map<string, number | undefined>();
    collect({ node, path: '$', offset: node.offset, offsets });
    return new PathIndex(offsets, text);
  }

  has(path: string): boolean {
    return this.offsets.has(path);
  }

  /** Line and column of a path, from 1, if there is a text. */
  position(path: string): { line?: number; column?: number } {
    const offset = this.offsets.get(path);
    return this.text === undefined || offset === undefined
      ? {}
      : positionIn(this.text, offset);
  }
}

/** Line and column of a place in a text, from 1. */
export function positionIn(
  text: string,
  offset: number,
): { line: number; column: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: lines[lines.length - 1].length + 1 };
}

function collect(options: {
  node: JsonNode;
  path: string;
  offset?: number;
  offsets: Map<string, number | undefined>;
}): void {
  const { node, path, offset, offsets } = options;
  offsets.set(path, offset);
  if (node.kind === 'array') {
    for (const [index, item] of node.items.entries()) {
      const at = { path: `${path}[${index}]`, offset: item.offset };
      collect({ node: item, ...at, offsets });
    }
  } else if (node.kind === 'object') {
    for (const { key, value, offset: at } of node.members) {
      collect({
        node: value,
        path: memberPath(path, key),
        offset: at,
        offsets,
      });
    }
  }
}
