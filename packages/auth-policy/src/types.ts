/**
 * Who signed a request.
 *
 * @remarks
 * Absent attributes are *not known*, which is not the same as *known to be absent*:
 * `organizationId: 'none'` says the caller's account is in no organization, and
 * a given `tags` object is complete.
 *
 * @public
 */
export interface SignedCaller {
  kind: 'signed';
  /** ARN as AWS resolved it: an assumed-role session, a user, a federated user or an account root. */
  arn: string;
  /** ARN of the role behind a session, path included. A session ARN alone leaves the path open. */
  roleArn?: string;
  /** Organization id (`o-…`), or `none` if the account is known to be in no organization. */
  organizationId?: string;
  /** Principal tags, complete when given. */
  tags?: Record<string, string>;
}

/**
 * A caller that did not sign its request.
 *
 * @public
 */
export interface AnonymousCaller {
  kind: 'anonymous';
}

/**
 * Who makes a request.
 *
 * @public
 */
export type Caller = SignedCaller | AnonymousCaller;

/**
 * Nobody knows who makes a request, nor whether it is signed.
 *
 * @public
 */
export interface UnknownCaller {
  kind: 'unknown';
}

/**
 * One call to a VPC Lattice service as far as it is known.
 *
 * @remarks
 * An absent attribute is not known. `headers`, `query` and `serviceTags` are complete when given.
 *
 * @public
 */
export interface AuthorizationRequest {
  caller: Caller;
  method?: string;
  /** Path without the query string, as received. */
  path?: string;
  query?: Record<string, string[]>;
  headers?: Record<string, string>;
  port?: number;
  sourceVpc?: string;
  sourceVpcOwnerAccount?: string;
  sourceIp?: string;
  serviceArn: string;
  serviceNetworkArn?: string;
  serviceTags?: Record<string, string>;
  /** Milliseconds since the epoch. */
  time?: number;
  /**
   * What VPC Lattice sees of the call. Default: `http`. Under `tls-passthrough` it sees
   * no HTTP and nobody's signature, so every caller counts as anonymous; `tcp` is a
   * connection (`vpc-lattice-svcs:Connect`) without path, method, headers and query.
   *
   * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/tls-listeners.html
   * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonvpclatticeservices.html
   */
  transport?: 'http' | 'tls-passthrough' | 'tcp';
}

/**
 * A request that can be decided, but not granted for: who makes it need not be known.
 *
 * @remarks
 * What is said of an unknown caller goes for every caller, signed or anonymous, whatever
 * its tags and organization. Where callers may differ, it is `unknown`.
 *
 * @public
 */
export interface OpenRequest extends Omit<AuthorizationRequest, 'caller'> {
  caller: Caller | UnknownCaller;
}

/**
 * Whether a service network or service enforces its auth policy.
 *
 * @public
 */
export type AuthType = 'NONE' | 'AWS_IAM';

/**
 * What a service network or a service enforces.
 *
 * @public
 */
export interface AuthPolicyAttachment {
  authType: AuthType;
  /** The policy document, as text or parsed JSON. Absent: the resource has no policy. */
  policy?: unknown;
}

/**
 * A layer that could not be read. Its row in the verdict is `unknown` with this reason.
 *
 * @public
 */
export interface UnreadableLayer {
  unreadable: string;
}

/**
 * The caller's identity-based policies.
 *
 * @public
 */
export interface IdentityPolicies {
  /** All identity policies of the caller, each as text or parsed JSON. */
  policies: unknown[];
}

/**
 * Policies that limit what a caller's identity-based policies can allow. Each kind that
 * is given must allow the call too, and a deny in any of them wins. Kinds that are left
 * out are not looked at.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 * @public
 */
export interface PolicyLimits {
  /** The one policy that is the boundary. */
  permissionsBoundary?: IdentityPolicies | UnreadableLayer;
  /** All session policies; one that allows is enough. */
  sessionPolicies?: IdentityPolicies | UnreadableLayer;
  /**
   * Service control policies of the caller's account: one item for the root, each
   * organizational unit on the way, and the account. Every item must allow.
   */
  serviceControlPolicies?: Array<IdentityPolicies | UnreadableLayer>;
  /** VPC Lattice is not among the services that resource control policies apply to. */
  resourceControlPolicies?: IdentityPolicies | UnreadableLayer;
}

/** @public */
export type PolicyLimit =
  | 'permissions-boundary'
  | 'session-policy'
  | 'service-control-policy'
  | 'resource-control-policy';

/**
 * Everything a decision takes in.
 *
 * @public
 */
export interface DecideOptions<
  TRequest extends OpenRequest = AuthorizationRequest,
> {
  request: TRequest;
  network: AuthPolicyAttachment | UnreadableLayer;
  service: AuthPolicyAttachment | UnreadableLayer;
  /** Absent: the caller's identity policies are not known. */
  identity?: IdentityPolicies | UnreadableLayer;
  /** What else limits the caller, as far as it is to be looked at. */
  limits?: PolicyLimits;
}

/**
 * Where a policy is attached: the service network, the service, or the caller.
 *
 * @public
 */
export type Layer = 'network' | 'service' | 'identity';

/**
 * What one layer says.
 *
 * @remarks
 * `denied` means certainly denied while only explicit or implicit is open.
 *
 * @public
 */
export type LayerResult =
  | 'allowed'
  | 'explicitly-denied'
  | 'implicitly-denied'
  | 'denied'
  | 'not-enforced'
  | 'not-applicable'
  | 'unknown';

/**
 * Which statement of which document is meant.
 *
 * @public
 */
export interface StatementReference {
  /** Position in the document's `Statement`, from 0. */
  index: number;
  sid?: string;
  /** Position of the document among the layer's policies, from 0. Only the identity layer has several. */
  policyIndex?: number;
}

/**
 * Why an element fails, for programs: stable across releases.
 *
 * @public
 */
export type FailureCode =
  | `${'principal' | 'action' | 'resource'}-${
      | 'not-listed'
      | 'excluded'
      | 'empty'}`
  | 'condition-key-absent'
  | 'condition-key-present'
  | 'condition-value-differs';

/**
 * Why a layer has its result, for programs: stable across releases.
 *
 * @public
 */
export type LayerCode =
  | 'allowed-by-statement'
  | 'denied-by-statement'
  | 'no-statement-allows'
  | 'no-statement-allows-deny-open'
  | 'not-enforced'
  | 'no-policy'
  | 'not-for-anonymous-callers'
  | 'not-for-vpc-lattice'
  | 'not-known'
  | 'not-readable'
  | 'invalid-policy'
  | 'open';

/**
 * One reason why a statement does not apply.
 *
 * @public
 */
export interface FailedElement {
  /** Given by every verdict of `decide`. */
  code?: FailureCode;
  /** Policy element: `Principal`, `Action`, `Resource`, `Condition`, … */
  element: string;
  /** Condition key, for `Condition`. */
  key?: string;
  /** Condition operator, for `Condition`. */
  operator?: string;
  /** What the statement asks for; the same list in every verdict on the policy. */
  wanted: readonly string[];
  /** What the request has. Absent: the request does not have it. */
  got?: string[];
  /** One plain English sentence. */
  message: string;
}

/**
 * A statement that would have decided, had some of its elements matched.
 *
 * @public
 */
export interface NearestMiss extends StatementReference {
  failed: FailedElement[];
}

/**
 * One row of a verdict.
 *
 * @public
 */
export interface LayerVerdict {
  layer: Layer;
  result: LayerResult;
  /** Given by every verdict of `decide`. */
  code?: LayerCode;
  /** The statement that decided, for `allowed` and `explicitly-denied`. */
  statement?: StatementReference;
  /** For a default deny: the allow statements, nearest first. */
  nearest: NearestMiss[];
  /** For `unknown`: exactly what the result hangs on. */
  unknown: string[];
  /** One plain English sentence that explains the result. */
  message: string;
}

/**
 * The row of something that limits the caller.
 *
 * @public
 */
export interface LimitVerdict extends Omit<LayerVerdict, 'layer'> {
  limit: PolicyLimit;
}

/**
 * What all layers come to.
 *
 * @public
 */
export type VerdictOutcome = 'allowed' | 'denied' | 'unknown';

/**
 * What the policies say of one request.
 *
 * @public
 */
export interface Verdict {
  outcome: VerdictOutcome;
  /** Always network, service, identity, in this order. */
  layers: LayerVerdict[];
  /** A row for each of `DecideOptions.limits`; absent if none is given. */
  limits?: LimitVerdict[];
}

/**
 * A problem in a policy document.
 *
 * @public
 */
export interface PolicyProblem {
  /** JSON path, such as `$.Statement[0].Effect`. */
  path: string;
  message: string;
  /** 1-based, where the policy was given as text. */
  line?: number;
  /** 1-based, where the policy was given as text. */
  column?: number;
}

/**
 * A statement to be added to a document, and what it is added to.
 *
 * @public
 */
export interface PolicyStatement {
  Sid?: string;
  Effect: 'Allow' | 'Deny';
  Principal?: unknown;
  NotPrincipal?: unknown;
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Condition?: Record<string, Record<string, unknown>>;
}

/**
 * A policy document in AWS's own shape.
 *
 * @public
 */
export interface PolicyDocument {
  Version?: string;
  Id?: string;
  Statement: PolicyStatement | PolicyStatement[];
}
