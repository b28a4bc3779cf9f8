import { JsonNode } from '../json/JsonNode';
import { PolicyProblem } from '../types';

/** Collects the problems of one document, with line and column where there is a text. */
export class Problems {
  readonly list: PolicyProblem[] = [];
  private readonly text?: string;

  private constructor(text?: string) {
    this.text = text;
  }

  static create(text?: string): Problems {
    return new Problems(text);
  }

  add(options: {
    path: string;
    message: string;
    at?: { offset?: number };
  }): void {
    const { path, message, at } = options;
    this.list.push({ path, message, ...this.position(at?.offset) });
  }

  private position(offset?: number): { line?: number; column?: number } {
    if (this.text === undefined || offset === undefined) {
      return {};
    }
    const before = this.text.slice(0, offset).split('\n');
    return {
      line: before.length,
      column: before[before.length - 1].length + 1,
    };
  }
}

/** A node, its place in the document, and where to report problems. */
export class Part {
  readonly node: JsonNode;
  readonly problems: Problems;
  private readonly parent?: Part;
  /** The name of a member, or the position of an item. */
  private readonly step?: string | number;

  private constructor(
    node: JsonNode,
    problems: Problems,
    parent?: Part,
    step?: string | number,
  ) {
    this.node = node;
    this.problems = problems;
    this.parent = parent;
    this.step = step;
  }

  static root(node: JsonNode, problems: Problems): Part {
    return new Part(node, problems);
  }

  child(node: JsonNode, step: string | number): Part {
    return new Part(node, this.problems, this, step);
  }

  /** JSON path, put together only where there is a problem to report. */
  get path(): string {
    const { parent, step } = this;
    if (!parent || step === undefined) {
      return '$';
    }
    return typeof step === 'number'
      ? `${parent.path}[${step}]`
      : memberPath(parent.path, step);
  }
}

/** JSON path of a member: `.Name`, or `["other name"]`. */
function memberPath(path: string, key: string): string {
  return /^[A-Za-z_]\w*$/.test(key)
    ? `${path}.${key}`
    : `${path}[${JSON.stringify(key)}]`;
}
