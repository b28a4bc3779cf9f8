import { Policy, Statement } from '../parse/Policy';
import { memberPath } from './memberPath';
import { PathIndex } from './PathIndex';
import { PolicyFinding } from './PolicyFinding';

/**
 * How calls reach the service or services that a policy is for.
 *
 * @public
 */
export type LintProtocol = 'HTTP' | 'GRPC' | 'TLS_PASSTHROUGH';

/** A valid policy on its way through the rules. */
export class LintContext {
  readonly policy: Policy;
  readonly protocol?: LintProtocol;
  readonly findings: PolicyFinding[] = [];
  private readonly index: PathIndex;

  private constructor(options: {
    policy: Policy;
    index: PathIndex;
    protocol?: LintProtocol;
  }) {
    this.policy = options.policy;
    this.index = options.index;
    this.protocol = options.protocol;
  }

  static create(options: {
    policy: Policy;
    index: PathIndex;
    protocol?: LintProtocol;
  }): LintContext {
    return new LintContext(options);
  }

  add(finding: Omit<PolicyFinding, 'line' | 'column'>): void {
    this.findings.push({ ...finding, ...this.index.position(finding.path) });
  }

  /** The path of a statement. */
  statement({ index }: Statement): string {
    // A single statement needs no brackets.
    const path = `$.Statement[${index}]`;
    return this.index.has(path) ? path : '$.Statement';
  }

  /** The path of an element, in the form that the statement has. */
  element(statement: Statement, name: string): string {
    const path = `${this.statement(statement)}.${name}`;
    const negative = `${this.statement(statement)}.Not${name}`;
    return !this.index.has(path) && this.index.has(negative) ? negative : path;
  }

  /** The path of a condition key. */
  condition(
    statement: Statement,
    condition: { operator: string; key: string },
  ): string {
    const operator = memberPath(
      `${this.statement(statement)}.Condition`,
      condition.operator,
    );
    return memberPath(operator, condition.key);
  }

  /** The path of an item, whose list may have no brackets. */
  item(path: string, index: number): string {
    const item = `${path}[${index}]`;
    return this.index.has(item) ? item : path;
  }
}
