import { PolicyChangeError } from '../change/PolicyChangeError';
import { diffPolicies } from '../diff/diffPolicies';
import { PolicyKind, Statement } from '../parse/Policy';
import { parsePolicy } from '../parse/parsePolicy';
import { printPolicy } from './printPolicy';
import {
  Rewrite,
  dropCovered,
  joinStatements,
  renumber,
  shortenLists,
} from './rewrites';

/**
 * One rewrite that keeps what the policy says.
 *
 * @public
 */
export interface CompactStep {
  rule: 'shorten-lists' | 'drop-covered' | 'join-statements';
  /** Why it keeps what the policy says, in plain English. */
  reason: string;
}

/** @public */
export interface CompactedPolicy {
  /** The policy without white space. */
  text: string;
  /** What was done, each step an equivalence of its own. */
  steps: CompactStep[];
  /** How many characters were saved, white space not counted. */
  saved: number;
  /** How many kinds of requests were tried besides, without a difference. */
  tried: number;
}

/** @public */
export interface CompactPolicyOptions {
  kind?: PolicyKind;
  /** Statements with these Sids stay as they are. */
  keep?: (sid: string) => boolean;
  /** The most requests to compare by, as in `diffPolicies`. */
  budget?: number;
}

const MOST_STEPS = 1000;

/**
 * Makes a policy smaller that says the same of every request.
 *
 * @remarks
 * Each step is an equivalence by the rules of evaluation: values that stand twice, values
 * beside a `*`, statements that another one covers, and statements that differ in one list
 * of alternatives. The result is also compared by meaning, as `diffPolicies` does, and
 * dropped if that finds anything. Of joined statements, the first one's Sid stays. For a
 * request of which not everything is known, the result may be certain where the original
 * is `unknown`, never the other way about.
 *
 * @throws `InputError` for an invalid policy.
 * @public
 */
export function compactPolicy(
  source: unknown,
  options: CompactPolicyOptions = {},
): CompactedPolicy {
  const { kind = 'resource', keep = () => false } = options;
  const parsed = parsePolicy(source, { kind });
  if (!parsed.ok) {
    throw new PolicyChangeError(
      'InputError',
      parsed.problems
        .map(({ path, message }) => `${path}: ${message}`)
        .join('; '),
    );
  }
  const { policy } = parsed;
  const before = printPolicy(policy);
  const isKept = ({ sid }: Statement) => sid !== undefined && keep(sid);
  const kept = policy.statements.filter(isKept);
  const steps: CompactStep[] = [];
  let statements = policy.statements
    .filter(each => !isKept(each))
    .map(each => shorten(each, steps));
  for (const [rule, rewrite] of [
    ['drop-covered', dropCovered],
    ['join-statements', joinStatements],
    ['drop-covered', dropCovered],
  ] as const) {
    let step: Rewrite | undefined = rewrite(statements);
    while (step && steps.length < MOST_STEPS) {
      statements = step.statements;
      steps.push({ rule, reason: step.reason });
      step = rewrite(statements);
    }
  }
  const all = [...kept, ...statements].sort(
    (left, right) => left.index - right.index,
  );
  const text = printPolicy(renumber({ ...policy, statements: all }));
  const { differences, tried } = diffPolicies({
    before,
    after: text,
    kind,
    budget: options.budget,
  });
  return differences.length > 0
    ? { text: before, steps: [], saved: 0, tried }
    : { text, steps, saved: before.length - text.length, tried };
}

function shorten(statement: Statement, steps: CompactStep[]): Statement {
  const short = shortenLists(statement);
  if (JSON.stringify(short) === JSON.stringify(statement)) {
    return statement;
  }
  steps.push({
    rule: 'shorten-lists',
    reason: `Statement ${
      statement.sid ?? statement.index
    } lists values twice or beside "*".`,
  });
  return short;
}
