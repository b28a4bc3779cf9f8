import { RequestContext } from '../facts/RequestContext';
import {
  AuthPolicyAttachment,
  DecideOptions,
  IdentityPolicies,
  LimitVerdict,
  OpenRequest,
  PolicyLimit,
  UnreadableLayer,
} from '../types';
import { compilePolicy } from './compilePolicy';
import { explainDocuments } from './decideDocuments';
import { evaluateDocuments } from './evaluateDocuments';
import { isEnforced } from './isEnforced';
import { layerCode } from './layerCode';
import { documentsMessage } from './layerMessages';
import { openIdentityRule } from './openIdentityRule';

type Policies = IdentityPolicies | UnreadableLayer;

const NAMES: Record<PolicyLimit, string> = {
  'permissions-boundary': "the caller's permissions boundary",
  'session-policy': "the caller's session policies",
  'service-control-policy':
    "the service control policies of the caller's account",
  'resource-control-policy': 'the resource control policies',
};

/**
 * The rows of everything that limits the caller.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function decideLimits(
  options: DecideOptions<OpenRequest>,
  context: RequestContext,
): LimitVerdict[] {
  const { limits = {} } = options;
  const given: Array<[PolicyLimit, Policies | undefined]> = [
    ['permissions-boundary', limits.permissionsBoundary],
    ['session-policy', limits.sessionPolicies],
    ...(limits.serviceControlPolicies ?? []).map(
      (level): [PolicyLimit, Policies] => ['service-control-policy', level],
    ),
    ['resource-control-policy', limits.resourceControlPolicies],
  ];
  const rows: LimitVerdict[] = [];
  for (const [limit, policies] of given) {
    if (policies) {
      rows.push(decideLimit({ limit, policies, options, context }));
    }
  }
  return rows;
}

function decideLimit(given: {
  limit: PolicyLimit;
  policies: Policies;
  options: DecideOptions<OpenRequest>;
  context: RequestContext;
}): LimitVerdict {
  const { limit, policies, options, context } = given;
  const base = { limit, nearest: [], unknown: [] };
  if (limit === 'resource-control-policy') {
    return {
      ...base,
      result: 'not-applicable',
      code: 'not-for-vpc-lattice',
      message:
        'VPC Lattice is not among the services that resource control policies apply to.',
    };
  }
  if (context.caller.kind === 'anonymous') {
    return {
      ...base,
      result: 'not-applicable',
      code: 'not-for-anonymous-callers',
      message: `Anonymous callers have no ${limit.replace(/-/g, ' ')}.`,
    };
  }
  if ('unreadable' in policies) {
    return {
      ...base,
      result: 'unknown',
      code: 'not-readable',
      unknown: [`${limit}: ${policies.unreadable}`],
      message: `What ${NAMES[limit]} say could not be read: ${policies.unreadable}`,
    };
  }
  const compiled = policies.policies.map(policy =>
    compilePolicy(policy, { kind: 'identity' }),
  );
  const evaluation = evaluateDocuments(compiled, context);
  const verdict = explainDocuments({
    evaluation,
    policies: compiled,
    context,
    openRule:
      openIdentityRule({
        ...evaluation,
        isEnforced: isEnforced(options.network) || isEnforced(options.service),
        context,
      }) ??
      openGrantRule({ limit, result: evaluation.result, options, context }),
  });
  return {
    limit,
    ...verdict,
    code: layerCode({
      result: verdict.result,
      hasProblems: compiled.some(({ problems }) => problems.length > 0),
    }),
    message: documentsMessage({
      ...verdict,
      name: NAMES[limit],
      verb: 'allow',
    }),
  };
}

/**
 * IAM doesn't hold the lack of an allow in a boundary or session policy against a caller
 * whom a resource of its own account names by session or user. Whether VPC Lattice does
 * is not documented. A policy that can't be read might name the caller.
 */
function openGrantRule(given: {
  limit: PolicyLimit;
  result: LimitVerdict['result'];
  options: DecideOptions<OpenRequest>;
  context: RequestContext;
}): string | undefined {
  const { limit, result, options, context } = given;
  const { caller } = context;
  if (
    limit === 'service-control-policy' ||
    (result !== 'implicitly-denied' && result !== 'denied') ||
    !('arn' in caller)
  ) {
    return undefined;
  }
  const isNamed = [options.network, options.service].some(layer =>
    mayName(layer, caller.arn),
  );
  return isNamed
    ? `${limit}: open rule, whether it limits a caller whom an auth policy names by its own ARN is not documented for VPC Lattice`
    : undefined;
}

/** Whether an allow names a caller, or may do so in what can't be read. */
function mayName(
  layer: AuthPolicyAttachment | UnreadableLayer,
  arn: string,
): boolean {
  if ('unreadable' in layer) {
    return true;
  }
  const { authType, policy } = layer;
  if (authType === 'NONE' || policy === undefined || policy === null) {
    return false;
  }
  const { problems, statements } = compilePolicy(policy);
  return (
    problems.length > 0 ||
    statements.some(
      ({ isDeny, statement }) =>
        !isDeny &&
        statement.principal?.entries.some(({ value }) => value === arn),
    )
  );
}
