import type { Owned, Tags } from './resources';

export interface Subnet extends Owned {
  arn: string;
  id: string;
  vpcId: string;
  cidrBlock: string;
  availabilityZone: string;
  availabilityZoneId: string;
  tags: Tags;
}

/** A VPC endpoint; its interfaces are not modelled. */
export interface VpcEndpoint extends Owned {
  id: string;
  type: string;
  vpcId: string;
  serviceName?: string;
  serviceNetworkArn?: string;
  resourceConfigurationArn?: string;
  subnetIds: string[];
  securityGroupIds: string[];
  routeTableIds: string[];
  privateDnsEnabled: boolean;
  policyDocument?: string;
  tags: Tags;
  /** ISO 8601. */
  createdAt: string;
}

/** A certificate of AWS Certificate Manager. */
export interface Certificate extends Owned {
  arn: string;
  domainName: string;
  alternativeNames: string[];
  validationMethod: 'DNS' | 'EMAIL';
  /** Issued from the start, rather than once the validation records are there. */
  isIssued: boolean;
  keyAlgorithm: string;
  tags: Tags;
  /** ISO 8601. */
  createdAt: string;
}

/** A record set of Route 53, as the API takes and gives it. */
export interface RecordSet {
  Name: string;
  Type: string;
  SetIdentifier?: string;
  TTL?: number;
  ResourceRecords?: { Value: string }[];
  AliasTarget?: {
    HostedZoneId: string;
    DNSName: string;
    EvaluateTargetHealth: boolean;
  };
  [other: string]: unknown;
}

/** A hosted zone of Route 53; it belongs to no Region. Keyed by id. */
export interface HostedZone {
  id: string;
  accountId: string;
  /** Ends with a dot. */
  name: string;
  comment?: string;
  isPrivate: boolean;
  vpcIds: string[];
  recordSets: RecordSet[];
  tags: Tags;
}

/** An Application Load Balancer. */
export interface LoadBalancer extends Owned {
  arn: string;
  name: string;
  dnsName: string;
  scheme: 'internal' | 'internet-facing';
  vpcId: string;
  subnetIds: string[];
  securityGroupIds: string[];
  ipAddressType: string;
  attributes: Record<string, string>;
  tags: Tags;
  /** ISO 8601. */
  createdAt: string;
}

/** A target of a load balancer's target group. */
export interface LoadBalancerTarget {
  id: string;
  port: number;
  state: 'initial' | 'healthy' | 'unhealthy' | 'unused' | 'draining';
}

/** A target group of Elastic Load Balancing. */
export interface LoadBalancerTargetGroup extends Owned {
  arn: string;
  name: string;
  protocol: string;
  port: number;
  vpcId: string;
  targetType: 'ip' | 'instance' | 'lambda' | 'alb';
  healthCheck: {
    enabled: boolean;
    path: string;
    protocol: string;
    port: string;
    intervalSeconds: number;
    timeoutSeconds: number;
    healthyThreshold: number;
    unhealthyThreshold: number;
    /** Status codes that count as healthy, such as `200-299,301`. */
    matcher: string;
  };
  targets: LoadBalancerTarget[];
  attributes: Record<string, string>;
  tags: Tags;
}

/** An action of a listener or rule, as the API takes and gives it. */
export type LoadBalancerAction = Record<string, any>;

export interface LoadBalancerListener extends Owned {
  arn: string;
  loadBalancerArn: string;
  protocol: string;
  port: number;
  certificateArns: string[];
  sslPolicy?: string;
  defaultActions: LoadBalancerAction[];
  tags: Tags;
}

export interface LoadBalancerRule extends Owned {
  arn: string;
  listenerArn: string;
  priority: number;
  /** As the API takes and gives them. */
  conditions: Record<string, any>[];
  actions: LoadBalancerAction[];
  tags: Tags;
}

/** A quota that differs from AWS's default. Keyed `account/region/service/code`. */
export interface AppliedQuota extends Owned {
  serviceCode: string;
  quotaCode: string;
  value: number;
}
