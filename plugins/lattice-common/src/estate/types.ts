import type { AuthType } from '@lattice-portal/auth-policy';

/**
 * An auth policy as the portal could read it.
 *
 * @public
 */
export type AuthPolicyState =
  | {
      status: 'read';
      /** The document as text. Absent: there is none. */
      document?: string;
    }
  | { status: 'unreadable'; reason: string };

/**
 * What every named resource of the estate has.
 *
 * @public
 */
export interface EstateResource {
  arn: string;
  id: string;
  name: string;
  /** Account that owns the resource: the account in its ARN. */
  accountId: string;
  region: string;
  /** Absent: the tags could not be read. */
  tags?: Record<string, string>;
}

/**
 * A VPC Lattice service network.
 *
 * @public
 */
export interface ServiceNetwork extends EstateResource {
  /** Absent: not readable from the accounts that are configured. */
  authType?: AuthType;
  authPolicy: AuthPolicyState;
}

/**
 * A target group that a rule forwards to, and its share.
 *
 * @public
 */
export interface WeightedTargetGroup {
  targetGroupArn: string;
  weight?: number;
}

/**
 * A rule of a listener, or its default action.
 *
 * @public
 */
export interface ListenerRule {
  id: string;
  name: string;
  priority?: number;
  /** What the rule matches, in words: `GET /items/*`. `default` for the default action. */
  match: string;
  targetGroups: WeightedTargetGroup[];
  fixedResponseStatus?: number;
}

/**
 * A listener of a service, with its rules in order of priority.
 *
 * @public
 */
export interface Listener {
  arn: string;
  id: string;
  name: string;
  protocol: string;
  port: number;
  rules: ListenerRule[];
}

/**
 * A VPC Lattice service.
 *
 * @public
 */
export interface Service extends EstateResource {
  authType?: AuthType;
  authPolicy: AuthPolicyState;
  status?: string;
  domainName?: string;
  customDomainName?: string;
  listeners: Listener[];
}

/**
 * A member of a target group.
 *
 * @public
 */
export interface Target {
  id: string;
  port?: number;
  status?: string;
  reasonCode?: string;
}

/**
 * A VPC Lattice target group.
 *
 * @public
 */
export interface TargetGroup extends EstateResource {
  type: 'LAMBDA' | 'ALB' | 'IP' | 'INSTANCE' | 'unknown';
  vpcId?: string;
  targets: Target[];
}

/**
 * A VPC associated with a service network: its clients can call the services of the network.
 *
 * @public
 */
export interface VpcAssociation {
  arn: string;
  id: string;
  accountId: string;
  vpcId: string;
  serviceNetworkArn: string;
  status: string;
  securityGroupIds: string[];
}

/**
 * A service associated with a service network.
 *
 * @public
 */
export interface ServiceAssociation {
  arn: string;
  id: string;
  accountId: string;
  serviceArn: string;
  serviceNetworkArn: string;
  status: string;
}

/**
 * Where the access logs of a service or service network are delivered.
 *
 * @public
 */
export interface AccessLogSubscription {
  arn: string;
  id: string;
  accountId: string;
  region: string;
  resourceArn: string;
  destinationArn: string;
  /** ISO 8601. Absent: AWS doesn't say, or the account was read before this was kept. */
  createdAt?: string;
  /** Of a subscription on a service network: calls to services, or connections to resource configurations. */
  serviceNetworkLogType?: 'SERVICE' | 'RESOURCE';
}

/**
 * A share of AWS Resource Access Manager: what is shared with whom.
 *
 * @public
 */
export interface ResourceShare {
  arn: string;
  name: string;
  accountId: string;
  resourceArns: string[];
  principals: string[];
}

/**
 * A VPC of the account.
 *
 * @public
 */
export interface Vpc {
  id: string;
  accountId: string;
  region: string;
  name?: string;
  cidrBlock?: string;
}

/**
 * An IAM role of the account.
 *
 * @public
 */
export interface Role {
  arn: string;
  name: string;
  accountId: string;
  tags?: Record<string, string>;
}

/**
 * One consistent read of one account and region.
 *
 * @public
 */
export interface AccountEstate {
  accountId: string;
  region: string;
  serviceNetworks: ServiceNetwork[];
  services: Service[];
  targetGroups: TargetGroup[];
  vpcAssociations: VpcAssociation[];
  serviceAssociations: ServiceAssociation[];
  accessLogSubscriptions: AccessLogSubscription[];
  resourceShares: ResourceShare[];
  vpcs: Vpc[];
  roles: Role[];
  /** Parts that could not be read, each with the reason. Nothing listed here is to be taken for empty. */
  gaps: EstateGap[];
}

/**
 * A part of an account that could not be read.
 *
 * @public
 */
export interface EstateGap {
  /** What could not be read, such as `roles` or an ARN. */
  part: string;
  reason: string;
  /** ISO 8601. The copy has this part as it was read then. Absent: the copy lacks this part. */
  keptFrom?: string;
}

/**
 * How current the portal's copy of one account and region is.
 *
 * @public
 */
export interface AccountFreshness {
  accountId: string;
  accountName?: string;
  region: string;
  /** Entity reference of the account's owner. */
  owner?: string;
  status: 'fresh' | 'stale' | 'never-read';
  /** ISO 8601, of the last good read; of the oldest part, where parts are kept from earlier reads. */
  readAt?: string;
  /** Why the last try failed, as a whole or for parts that are kept from an earlier read. */
  error?: { message: string; at: string };
  gaps: EstateGap[];
}

/**
 * The portal's copy of one account and region.
 *
 * @public
 */
export interface EstateSnapshot extends AccountFreshness {
  /** Absent while `status` is `never-read`. */
  estate?: AccountEstate;
}

/**
 * An auth policy document as it stood from one time to another.
 *
 * @public
 */
export interface PolicyVersion {
  resourceArn: string;
  /** Absent: the resource had no policy. */
  document?: string;
  authType?: AuthType;
  /** ISO 8601. When this version came into force, as far as known. */
  validFrom: string;
  /** ISO 8601. Absent: still in force. */
  validTo?: string;
  /** Where the portal learned of it. */
  source: 'seen' | 'cloudtrail';
  /** ARN of who put it, where known. */
  changedBy?: string;
}
