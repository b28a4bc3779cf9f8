import { shortFormTags } from '@lattice-portal/sandbox';
import {
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
} from 'yaml';
import type { Node } from 'yaml';
import { isRecord } from './templateValues';
import type { Path } from './templateValues';
import type { TemplateProblem } from './TemplateProblem';

/** A template, or a policy in JSON, with what its text says beside the values. */
export class SourceTemplate {
  private constructor(
    /** The document, functions in their long form. */
    readonly value: Record<string, any>,
    private readonly root: Node | null,
    private readonly lines: LineCounter,
    private readonly text: string[],
  ) {}

  /** @throws Error when the text is no well-formed mapping. */
  static parse(text: string): SourceTemplate {
    const lineCounter = new LineCounter();
    const document = parseDocument(text, {
      customTags: shortFormTags,
      lineCounter,
    });
    const problem = document.errors[0] ?? document.warnings[0];
    if (problem) {
      throw problem;
    }
    const value: unknown = document.toJS();
    if (!isRecord(value)) {
      throw new Error('A template or policy is a mapping');
    }
    return new SourceTemplate(
      value,
      document.contents as Node | null,
      lineCounter,
      text.split('\n'),
    );
  }

  /** The line of the innermost key or item of a path that the text has, from 1. */
  lineOf(path: Path): number {
    let node: unknown = this.root;
    let offset = 0;
    for (const key of path) {
      if (isMap(node)) {
        const pair = node.items.find(
          item => isScalar(item.key) && String(item.key.value) === String(key),
        );
        if (!pair) {
          break;
        }
        offset = startOf(pair.key) ?? offset;
        node = pair.value;
      } else if (isSeq(node)) {
        node = node.items[Number(key)];
        offset = startOf(node) ?? offset;
      } else {
        break;
      }
    }
    return this.lines.linePos(offset).line;
  }

  /** The comment right above a key or item, or behind it on its line. */
  commentAt(path: Path): string | undefined {
    const line = this.lineOf(path);
    const own = /\s#\s*(\S.*)$/.exec(this.text[line - 1] ?? '');
    const above = /^\s*#\s*(\S.*)$/.exec(this.text[line - 2] ?? '');
    return own?.[1] ?? above?.[1];
  }

  problem(path: Path, message: string): TemplateProblem {
    return { path: path.join('/'), line: this.lineOf(path), message };
  }
}

function startOf(node: unknown): number | undefined {
  if (!isNode(node)) {
    return undefined;
  }
  // A collection in block style begins where its first key does.
  const first = isCollection(node) && !node.flow ? node.items[0] : undefined;
  const key = (first as { key?: unknown } | undefined)?.key ?? first;
  return (isNode(key) ? key.range?.[0] : undefined) ?? node.range?.[0];
}
