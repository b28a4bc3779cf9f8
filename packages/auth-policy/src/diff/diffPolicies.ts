import { PolicyChangeError } from '../change/PolicyChangeError';
import { printPolicy } from '../compact/printPolicy';
import { parsePolicy } from '../parse/parsePolicy';
import { Policy, PolicyKind, Statement } from '../parse/Policy';
import {
  AuthorizationRequest,
  LayerResult,
  StatementReference,
} from '../types';
import { decideOne, isPossible } from './decideOne';
import { requestSpace } from './RequestSpace';
import { requestsFor } from './requestsFor';

/** @public */
export interface DiffPoliciesOptions {
  /** Text or parsed JSON. Absent: no policy, which denies everything. */
  before?: unknown;
  after?: unknown;
  /** Default: `resource`, an auth policy. */
  kind?: PolicyKind;
  /** The service that the policies are attached to. Absent: they may be about several. */
  serviceArn?: string;
  /** The most requests to try per changed statement. Default 20,000. */
  budget?: number;
}

/**
 * Requests that come out differently, and why.
 *
 * @public
 */
export interface PolicyDifference {
  before: 'allowed' | 'denied' | 'unknown';
  after: 'allowed' | 'denied' | 'unknown';
  /** The statement that decided before and after; absent for a default deny. */
  beforeStatement?: StatementReference;
  afterStatement?: StatementReference;
  /** One such request. */
  example: AuthorizationRequest;
}

/** @public */
export interface PolicyDiff {
  /** One for each way in which requests come out differently; empty if none was found. */
  differences: PolicyDifference[];
  /**
   * Whether every kind of request that the policies can tell apart was tried. Without
   * differences, the policies are then equal; else none was found among those tried.
   */
  complete: boolean;
  /** How many requests were tried. */
  tried: number;
}

/**
 * Compares two policies by what they say of requests, not by their text.
 *
 * @remarks
 * Only requests that a changed statement matches can differ. For those, it tries a
 * request for every combination of what the policies tell apart: callers, methods, paths,
 * headers, and so on.
 *
 * @throws `InputError` for an invalid policy.
 * @public
 */
export function diffPolicies(options: DiffPoliciesOptions): PolicyDiff {
  const { kind = 'resource', serviceArn, budget = 20_000 } = options;
  const before = read(options.before, kind);
  const after = read(options.after, kind);
  const space = requestSpace({ policies: [before, after], serviceArn });
  const [left, right] = [before, after].map(printPolicy);
  const found = new Map<string, PolicyDifference>();
  let { complete } = space;
  let tried = 0;
  for (const statement of changedStatements(before, after)) {
    const requests = requestsFor({ statement, space, kind, budget });
    complete &&= requests.complete;
    for (const example of requests.list) {
      tried += 1;
      const one = decideOne({ policy: left, request: example, kind });
      const other = decideOne({ policy: right, request: example, kind });
      const difference: PolicyDifference = {
        before: outcomeOf(one.result),
        after: outcomeOf(other.result),
        ...(one.statement ? { beforeStatement: one.statement } : {}),
        ...(other.statement ? { afterStatement: other.statement } : {}),
        example,
      };
      if (difference.before !== difference.after) {
        const { example: _, ...group } = difference;
        const key = JSON.stringify(group);
        if (!found.has(key)) {
          found.set(key, difference);
        }
      }
    }
  }
  return { differences: [...found.values()], complete, tried };
}

function read(source: unknown, kind: PolicyKind): Policy {
  const parsed = parsePolicy(source ?? { Statement: [] }, { kind });
  if (parsed.ok) {
    return parsed.policy;
  }
  throw new PolicyChangeError(
    'InputError',
    parsed.problems
      .map(({ path, message }) => `${path}: ${message}`)
      .join('; '),
  );
}

function outcomeOf(result: LayerResult): PolicyDifference['before'] {
  if (result === 'unknown') {
    return 'unknown';
  }
  return isPossible(result) ? 'allowed' : 'denied';
}

/** Statements of one policy that the other doesn't have, each as a policy of its own. */
function changedStatements(before: Policy, after: Policy): Policy[] {
  const changed: Policy[] = [];
  for (const [policy, other] of [
    [before, after],
    [after, before],
  ]) {
    const known = new Set(other.statements.map(each => contentOf(each, other)));
    for (const statement of policy.statements) {
      if (!known.has(contentOf(statement, policy))) {
        changed.push({ ...policy, statements: [statement] });
      }
    }
  }
  return changed;
}

function contentOf(statement: Statement, { version }: Policy): string {
  const { index: _, sid: __, ...content } = statement;
  const text = JSON.stringify(content);
  return text.includes('${') ? `${version === '2012-10-17'} ${text}` : text;
}
