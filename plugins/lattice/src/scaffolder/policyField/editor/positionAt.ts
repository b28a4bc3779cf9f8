import { syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';
import type { SyntaxNode } from '@lezer/common';

/** Where in a JSON document a text stands, or would be put. */
export interface JsonPosition {
  /** Keys from the outside in, with the own one for a value; array positions left out. */
  path: string[];
  role: 'key' | 'value';
  /** What a completion replaces; within the quotes, where there are some. */
  from: number;
  to: number;
  isQuoted: boolean;
}

/** The place of a key or text at an offset. Absent: neither can stand there. */
export function positionAt(
  state: EditorState,
  offset: number,
): JsonPosition | undefined {
  const node = syntaxTree(state).resolveInner(offset, -1);
  const isText = node.name === 'String' || node.name === 'PropertyName';
  if (isText && offset > node.from) {
    const text = state.sliceDoc(node.from, node.to);
    const isClosed = text.length > 1 && text.endsWith('"');
    if (isClosed && offset === node.to) {
      return undefined;
    }
    return {
      path: pathOf(state, node),
      role: node.name === 'String' ? 'value' : 'key',
      from: node.from + 1,
      to: isClosed ? node.to - 1 : node.to,
      isQuoted: true,
    };
  }
  const holder = holderOf(node);
  return (
    holder && {
      path: pathOf(state, holder),
      role: holder.name === 'Object' ? 'key' : 'value',
      from: offset,
      to: offset,
      isQuoted: false,
    }
  );
}

/** What something unquoted would be put into. */
function holderOf(node: SyntaxNode): SyntaxNode | undefined {
  for (
    let current: SyntaxNode | null = node;
    current;
    current = current.parent
  ) {
    if (['Object', 'Array', 'Property'].includes(current.name)) {
      return current;
    }
  }
  return undefined;
}

function pathOf(state: EditorState, node: SyntaxNode): string[] {
  const path: string[] = [];
  // A key is no part of its own path.
  const start = node.name === 'PropertyName' ? node.parent?.parent : node;
  for (
    let current: SyntaxNode | null | undefined = start;
    current;
    current = current.parent
  ) {
    const name =
      current.name === 'Property' ? current.getChild('PropertyName') : null;
    if (name) {
      path.unshift(state.sliceDoc(name.from + 1, name.to - 1));
    }
  }
  return path;
}
