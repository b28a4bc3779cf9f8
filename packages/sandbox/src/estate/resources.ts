/**
 * What the sandbox's AWS accounts hold. Names are those of the AWS API; every regional resource
 * says its owner account and region. All values are plain JSON, so that the journal can keep them.
 */

/** Tags as key to value. */
export type Tags = Record<string, string>;

/** A policy document in AWS's own shape. */
export type PolicyJson = Record<string, unknown>;

/** The account and Region something belongs to. */
export interface Owned {
  accountId: string;
  region: string;
}

/** What every resource of VPC Lattice says of itself. */
export interface Described extends Owned {
  arn: string;
  id: string;
  tags: Tags;
  /** ISO 8601. */
  createdAt: string;
  /** ISO 8601. */
  lastUpdatedAt: string;
}

export interface Account {
  id: string;
  name: string;
  email: string;
  /** The organizational unit it is in; the root without one. */
  parentId?: string;
}

/** Keyed by id. */
export interface OrganizationalUnit {
  /** `ou-…`. */
  id: string;
  name: string;
  /** Another unit, or the root. */
  parentId: string;
}

/** One organization per sandbox. */
export interface Organization {
  id: string;
  managementAccountId: string;
}

export interface Role {
  arn: string;
  accountId: string;
  name: string;
  /** Starts and ends with `/`. */
  path: string;
  id: string;
  trustPolicy: PolicyJson;
  inlinePolicies: Record<string, PolicyJson>;
  attachedPolicyArns: string[];
  description?: string;
  /** Seconds. */
  maxSessionDuration?: number;
  tags: Tags;
  createdAt: string;
}

export interface ManagedPolicy {
  arn: string;
  accountId: string;
  name: string;
  /** That of the default version, which is in force. */
  document: PolicyJson;
  /** Default: `v1`. */
  defaultVersionId?: string;
  /** The other versions, by id. */
  otherVersions?: Record<string, PolicyJson>;
}

export interface Vpc extends Owned {
  arn: string;
  id: string;
  cidrBlock: string;
  tags: Tags;
}

export interface SecurityGroupRule {
  direction: 'ingress' | 'egress';
  protocol: string;
  fromPort?: number;
  toPort?: number;
  cidr?: string;
  securityGroupId?: string;
  prefixListId?: string;
}

export interface SecurityGroup extends Owned {
  arn: string;
  id: string;
  name: string;
  description: string;
  vpcId: string;
  rules: SecurityGroupRule[];
  tags: Tags;
}

export interface ManagedPrefixList extends Owned {
  arn: string;
  id: string;
  name: string;
  addressFamily: 'IPv4' | 'IPv6';
  entries: string[];
}

export interface ServiceNetwork extends Described {
  name: string;
  authType: 'NONE' | 'AWS_IAM';
}

export interface Service extends Described {
  name: string;
  authType: 'NONE' | 'AWS_IAM';
  status:
    | 'ACTIVE'
    | 'CREATE_IN_PROGRESS'
    | 'CREATE_FAILED'
    | 'DELETE_IN_PROGRESS';
  customDomainName?: string;
  certificateArn?: string;
  dnsEntry: { domainName: string; hostedZoneId: string };
}

/** `weight` of each target group, as in the API. */
export type RuleAction =
  | {
      forward: {
        targetGroups: { targetGroupIdentifier: string; weight?: number }[];
      };
    }
  | { fixedResponse: { statusCode: number } };

/** `match` of a rule, as in the API. */
export interface RuleMatch {
  httpMatch: {
    method?: string;
    pathMatch?: {
      match: { exact: string } | { prefix: string };
      caseSensitive?: boolean;
    };
    headerMatches?: {
      name: string;
      match: { exact: string } | { prefix: string } | { contains: string };
      caseSensitive?: boolean;
    }[];
  };
}

export interface Listener extends Described {
  name: string;
  serviceArn: string;
  protocol: 'HTTP' | 'HTTPS' | 'TLS_PASSTHROUGH';
  port: number;
  defaultAction: RuleAction;
}

export interface Rule extends Described {
  name: string;
  serviceArn: string;
  listenerArn: string;
  priority: number;
  match: RuleMatch;
  action: RuleAction;
}

export interface Target {
  /** Instance id, IP, ALB ARN or Lambda function ARN. */
  id: string;
  port?: number;
  status:
    | 'HEALTHY'
    | 'UNHEALTHY'
    | 'INITIAL'
    | 'UNUSED'
    | 'DRAINING'
    | 'UNAVAILABLE';
  reasonCode?: string;
}

export interface TargetGroup extends Described {
  name: string;
  type: 'LAMBDA' | 'ALB' | 'IP' | 'INSTANCE';
  status: 'ACTIVE' | 'CREATE_IN_PROGRESS' | 'CREATE_FAILED';
  config?: Record<string, unknown>;
  targets: Target[];
}

export interface VpcAssociation extends Described {
  serviceNetworkArn: string;
  vpcId: string;
  securityGroupIds: string[];
  status: 'ACTIVE' | 'CREATE_IN_PROGRESS' | 'DELETE_IN_PROGRESS';
  createdBy: string;
}

export interface ServiceAssociation extends Described {
  serviceNetworkArn: string;
  serviceArn: string;
  status: 'ACTIVE' | 'CREATE_IN_PROGRESS' | 'DELETE_IN_PROGRESS';
  createdBy: string;
}

/** Keyed by the ARN of the service network or service it is attached to. */
export interface AuthPolicy {
  resourceArn: string;
  /** As put: JSON text. */
  policy: string;
  createdAt: string;
  lastUpdatedAt: string;
}

export interface AccessLogSubscription extends Described {
  resourceArn: string;
  resourceId: string;
  destinationArn: string;
  serviceNetworkLogType?: 'SERVICE' | 'RESOURCE';
}

export interface ResourceShare extends Owned {
  arn: string;
  name: string;
  status: 'ACTIVE' | 'DELETED';
  allowExternalPrincipals: boolean;
  resourceArns: string[];
  principals: string[];
  tags: Tags;
  createdAt: string;
  lastUpdatedAt: string;
}

export interface LogGroup extends Owned {
  arn: string;
  name: string;
  retentionInDays?: number;
  tags: Tags;
  createdAt: string;
}

export interface Bucket extends Owned {
  name: string;
  createdAt: string;
}

/** A Lambda function; its code is the inline text of the template that made it. */
export interface LambdaFunction extends Owned {
  arn: string;
  name: string;
  roleArn: string;
  runtime: string;
  handler: string;
  code: string;
  environment: Record<string, string>;
  timeoutSeconds: number;
  tags: Tags;
  /** Statements of the resource-based policy, by statement id. */
  permissions: Record<string, PolicyJson>;
  createdAt: string;
}

/** A management event as CloudTrail's event history keeps it. */
export interface TrailEvent extends Owned {
  id: string;
  name: string;
  source: string;
  /** ISO 8601. */
  time: string;
  principalArn: string;
  readOnly: boolean;
  resources: { type: string; name: string }[];
  requestParameters: Record<string, unknown>;
  responseElements?: Record<string, unknown>;
}

/**
 * A resource of a type that nothing in the sandbox acts on: kept with its attributes.
 * Keyed by account, region, type, scope and physical id.
 */
export interface OtherResource extends Owned {
  type: string;
  /** What the physical id is unique in, where that is not the Region: the database of a table. */
  scope?: string;
  physicalId: string;
  /** Absent for types that identity policies can't name. */
  arn?: string;
  tags: Tags;
  properties: Record<string, unknown>;
  attributes: Record<string, unknown>;
}
