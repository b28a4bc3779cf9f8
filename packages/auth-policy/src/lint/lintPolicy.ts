import { JsonNode } from '../json/JsonNode';
import { jsonFromText } from '../json/jsonFromText';
import { jsonFromValue } from '../json/jsonFromValue';
import { parsePolicy } from '../parse/parsePolicy';
import { PolicyKind } from '../parse/Policy';
import { PolicyProblem } from '../types';
import { LintContext, LintProtocol } from './LintContext';
import { PathIndex } from './PathIndex';
import { PolicyFinding } from './PolicyFinding';
import { lintActions } from './lintActions';
import { lintConditions } from './lintConditions';
import { lintPrincipals } from './lintPrincipals';
import { lintReach } from './lintReach';
import { lintResources } from './lintResources';
import { lintSids } from './lintSids';
import { lintText } from './lintText';
import { lintVariables } from './lintVariables';

/** @public */
export interface LintPolicyOptions {
  /** Default: `resource`, an auth policy. */
  kind?: PolicyKind;
  /** How calls reach the service, if that is known: some keys exist in some protocols only. */
  protocol?: LintProtocol;
}

const RULES = [
  lintActions,
  lintResources,
  lintConditions,
  lintVariables,
  lintPrincipals,
  lintReach,
  lintSids,
];

/**
 * Finds what is wrong with a policy or probably not meant.
 *
 * @remarks
 * An invalid policy gives its problems as findings; the other rules wait until it is
 * valid.
 *
 * @param source - the document as text, or as parsed JSON.
 * @returns the findings in the order of the text, or of the rules if there is no text.
 * @public
 */
export function lintPolicy(
  source: unknown,
  options: LintPolicyOptions = {},
): PolicyFinding[] {
  const { kind = 'resource', protocol } = options;
  const parsed = parsePolicy(source, { kind });
  const findings = kind === 'resource' ? lintText(source) : [];
  if (!parsed.ok) {
    findings.push(...parsed.problems.map(findingOf));
  } else {
    const text = typeof source === 'string' ? source : undefined;
    const node: JsonNode =
      text === undefined ? jsonFromValue(source) : jsonFromText(text);
    const context = LintContext.create({
      policy: parsed.policy,
      index: PathIndex.create(node, text),
      protocol,
    });
    for (const rule of RULES) {
      rule(context);
    }
    findings.push(...context.findings);
  }
  return findings.sort(
    (left, right) =>
      (left.line ?? 0) - (right.line ?? 0) ||
      (left.column ?? 0) - (right.column ?? 0),
  );
}

function findingOf(problem: PolicyProblem): PolicyFinding {
  return {
    code: problem.message.endsWith('is no condition operator')
      ? 'unknown-operator'
      : 'invalid-policy',
    severity: 'error',
    ...problem,
  };
}
