import { AuthorizationRequest, Caller, DecideOptions } from '../types';

/** Where AWS documents a rule. */
const IAM = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/';

export const SOURCES = {
  lattice:
    'https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html',
  tls: 'https://docs.aws.amazon.com/vpc-lattice/latest/ug/tls-listeners.html',
  latticeActions:
    'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonvpclatticeservices.html',
  grammar: `${IAM}reference_policies_grammar.html`,
  principal: `${IAM}reference_policies_elements_principal.html`,
  notPrincipal: `${IAM}reference_policies_elements_notprincipal.html`,
  action: `${IAM}reference_policies_elements_action.html`,
  notAction: `${IAM}reference_policies_elements_notaction.html`,
  resource: `${IAM}reference_policies_elements_resource.html`,
  notResource: `${IAM}reference_policies_elements_notresource.html`,
  condition: `${IAM}reference_policies_elements_condition.html`,
  operators: `${IAM}reference_policies_elements_condition_operators.html`,
  logic: `${IAM}reference_policies_condition-logic-multiple-context-keys-or-values.html`,
  multivalued: `${IAM}reference_policies_condition-single-vs-multi-valued-context-keys.html`,
  variables: `${IAM}reference_policies_variables.html`,
  keys: `${IAM}reference_policies_condition-keys.html`,
  identifiers: `${IAM}reference_identifiers.html`,
  arns: `${IAM}reference-arns.html`,
  checks: `${IAM}access-analyzer-reference-policy-checks.html`,
  evaluation: `${IAM}reference_policies_evaluation-logic_policy-eval-denyallow.html`,
} as const;

/** What a case expects: an outcome, an explicit denial, or an invalid document. */
export type Expectation =
  | 'allowed'
  | 'denied'
  | 'unknown'
  | 'explicitly-denied'
  | 'invalid';

/** One documented rule with a request that shows it. */
export interface RuleCase {
  /** The rule in short. */
  rule: string;
  source: keyof typeof SOURCES;
  /** Statements of the service's policy; what a statement leaves out is filled in. */
  statements: Array<Record<string, unknown>>;
  /** Whether an unconditional allow stands beside the statements. */
  besideAllow?: boolean;
  /** Default 2012-10-17. */
  version?: '2008-10-17' | 'none';
  /** Which layer the statements are in; the others allow. Default: service. */
  layer?: 'network' | 'identity';
  caller?: Caller;
  /** Changes to a request of which everything is known; undefined makes unknown. */
  request?: Partial<AuthorizationRequest>;
  /** Default: everything is allowed. */
  identity?: DecideOptions['identity'] | 'not-known';
  expect: Expectation;
}

export const SERVICE =
  'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-0123456789abcdef0';
export const NETWORK =
  'arn:aws:vpc-lattice:us-east-1:001122334455:servicenetwork/sn-0123456789abcdef0';
export const ROLE = 'arn:aws:iam::445566778899:role/orders-client';
export const SESSION =
  'arn:aws:sts::445566778899:assumed-role/orders-client/i-1';
export const ANONYMOUS: Caller = { kind: 'anonymous' };

/** A session of the base role in no organization and without tags. */
export function signed(changes: Record<string, unknown> = {}): Caller {
  return {
    kind: 'signed',
    arn: SESSION,
    organizationId: 'none',
    tags: {},
    ...changes,
  };
}

/** A statement with everything that a table case leaves out. */
export function completeStatement(
  fragment: Record<string, unknown>,
  layer: RuleCase['layer'] | 'service',
): Record<string, unknown> {
  return {
    Effect: 'Allow',
    ...(layer === 'identity' || 'NotPrincipal' in fragment
      ? {}
      : { Principal: '*' }),
    ...('NotAction' in fragment ? {} : { Action: 'vpc-lattice-svcs:Invoke' }),
    ...('NotResource' in fragment ? {} : { Resource: '*' }),
    ...fragment,
  };
}

/** The decision that a case asks for. */
export function optionsOf(ruleCase: RuleCase): DecideOptions {
  const { statements, besideAllow, version, layer, identity } = ruleCase;
  const complete = statements.map(each => completeStatement(each, layer));
  const document = {
    ...(version === 'none' ? {} : { Version: version ?? '2012-10-17' }),
    Statement: besideAllow
      ? [...complete, completeStatement({}, layer)]
      : complete,
  };
  const enforced = { authType: 'AWS_IAM', policy: document } as const;
  const open = { authType: 'NONE' } as const;
  return {
    request: {
      caller: ruleCase.caller ?? signed(),
      method: 'GET',
      path: '/rates',
      query: {},
      headers: {},
      port: 443,
      sourceVpc: 'vpc-1',
      sourceVpcOwnerAccount: '445566778899',
      serviceArn: SERVICE,
      serviceNetworkArn: NETWORK,
      serviceTags: {},
      time: Date.UTC(2025, 11, 31, 22, 30),
      ...ruleCase.request,
    },
    network: layer === 'network' ? enforced : open,
    service: enforcedService(layer, enforced),
    identity:
      identity === 'not-known'
        ? undefined
        : identity ?? {
            policies: [
              layer === 'identity'
                ? document
                : { Statement: completeStatement({}, 'identity') },
            ],
          },
  };
}

function enforcedService(
  layer: RuleCase['layer'],
  enforced: DecideOptions['service'],
): DecideOptions['service'] {
  return layer === undefined
    ? enforced
    : {
        authType: 'AWS_IAM',
        policy: { Statement: completeStatement({}, 'service') },
      };
}
