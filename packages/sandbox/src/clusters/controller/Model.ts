import type { Tags } from '../../estate/resources';
import type { Endpoint } from '../workloads/runPods';

/** What the controller of one cluster wants to be there, and what it says of each object. */
export interface Model {
  targetGroups: TargetGroupModel[];
  services: ServiceModel[];
  authPolicies: AuthPolicyModel[];
  accessLogs: AccessLogModel[];
  vpcAssociations: VpcAssociationModel[];
  gateways: GatewayModel[];
  /** Keys of all routes of the cluster, also of those that are refused: nothing of theirs is removed. */
  routeKeys: Set<string>;
  /** By object key. */
  verdicts: Map<string, Verdict[]>;
}

/** A condition, without when it came about. */
export interface Verdict {
  type: 'Accepted' | 'ResolvedRefs' | 'Programmed';
  isTrue: boolean;
  reason: string;
  message: string;
}

/** A Gateway, which stands for the service network of its name. */
export interface GatewayModel {
  objectKey: string;
  network: string;
}

/** A target group; found again by its identity. */
export interface TargetGroupModel {
  /** In this model. */
  key: string;
  identity: Tags;
  /** Beginning of the name. */
  prefix: string;
  config: {
    port: number;
    protocol: string;
    protocolVersion?: string;
    ipAddressType: 'IPV4' | 'IPV6';
    vpcIdentifier: string;
    healthCheck?: Record<string, unknown>;
  };
  targets: Endpoint[];
  tags: Tags;
  /** Key of the route it is for; absent: of a ServiceExport. */
  routeKey?: string;
}

/** Where a rule sends requests. */
export type Backend = { weight: number } & (
  | { kind: 'group'; key: string }
  /** Exported by another cluster, or by this one. */
  | { kind: 'import'; identity: Tags; vpcId?: string; name: string }
);

/** A rule of a listener. */
export interface RuleModel {
  priority: number;
  match: {
    httpMatch: {
      method?: string;
      pathMatch?: { match: { exact: string } | { prefix: string } };
      headerMatches?: { name: string; match: { exact: string } }[];
    };
  };
  backends: Backend[];
}

export interface ListenerModel {
  name: string;
  port: number;
  protocol: 'HTTP' | 'HTTPS' | 'TLS_PASSTHROUGH';
  /** Of a listener that passes TLS through, which has no rules. */
  backends?: Backend[];
}

/** A service, of one route. */
export interface ServiceModel {
  routeKey: string;
  identity: Tags;
  /** Counts when it is made. */
  name: string;
  customDomainName?: string;
  certificateArn?: string;
  /** Names or ids. */
  networks: string[];
  listeners: ListenerModel[];
  rules: RuleModel[];
  tags: Tags;
}

/** What a policy is attached to: the service of a route, or a service network. */
export type PolicyTarget = { routeKey: string } | { network: string };

export interface AuthPolicyModel {
  objectKey: string;
  generation: number;
  target: PolicyTarget;
  /** JSON text. */
  policy: string;
}

export interface AccessLogModel {
  objectKey: string;
  /** `namespace/name`. */
  name: string;
  target: PolicyTarget;
  destinationArn: string;
  tags: Tags;
}

export interface VpcAssociationModel {
  objectKey: string;
  network: string;
  securityGroupIds: string[];
  tags: Tags;
}
