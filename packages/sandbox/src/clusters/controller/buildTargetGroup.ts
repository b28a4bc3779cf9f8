import type { EksCluster } from '../../estate/containerResources';
import type { Tags } from '../../estate/resources';
import type { TypedObject } from '../manifests/ClusterObjects';
import type { Endpoint } from '../workloads/runPods';
import { tagKeys } from './controllerTags';
import type { TargetGroupModel } from './Model';

export type TargetGroupPolicy =
  TypedObject<'application-networking.k8s.aws/v1alpha1/TargetGroupPolicy'>;

/** Port of a target group that no export says: each target has its own. */
const DEFAULT_PORT = 80;

/**
 * The target group of a Service behind a route, or of a ServiceExport.
 *
 * @remarks
 * The protocol is that of the route, then of the policy, then HTTP/1.
 */
export function buildTargetGroup(options: {
  cluster: EksCluster;
  source: {
    type: 'HTTPRoute' | 'GRPCRoute' | 'TLSRoute' | 'ServiceExport';
    /** Absent: for a ServiceExport, or one without a type. */
    routeType?: 'HTTP' | 'GRPC' | 'TLS';
    route?: { key: string; namespace: string; name: string };
    port?: number;
  };
  /** Name and namespace of the Service, or of the ServiceExport. */
  of: { namespace: string; name: string };
  ipFamily: 'IPv4' | 'IPv6';
  policy: TargetGroupPolicy | undefined;
  targets: Endpoint[];
  tags: Tags;
}): TargetGroupModel {
  const { cluster, source, of, policy, targets, tags } = options;
  const { route, port = DEFAULT_PORT } = source;
  const { protocol, protocolVersion } = protocolOf(source, policy);
  const identity: Tags = {
    [tagKeys.clusterName]: cluster.name,
    [tagKeys.serviceName]: of.name,
    [tagKeys.serviceNamespace]: of.namespace,
    [tagKeys.sourceType]: source.type,
    [tagKeys.protocolVersion]: protocolVersion ?? '',
    ...(route && {
      [tagKeys.routeName]: route.name,
      [tagKeys.routeNamespace]: route.namespace,
    }),
  };
  return {
    key: JSON.stringify([identity, port]),
    identity,
    prefix: `k8s-${of.namespace.slice(0, 55)}-${of.name.slice(0, 55)}`,
    config: {
      port,
      protocol,
      ...(protocolVersion && { protocolVersion }),
      ipAddressType: options.ipFamily === 'IPv6' ? 'IPV6' : 'IPV4',
      vpcIdentifier: cluster.vpcId,
      healthCheck: healthCheckOf(policy),
    },
    targets,
    tags,
    routeKey: route?.key,
  };
}

function protocolOf(
  { type, routeType }: { type: string; routeType?: string },
  policy: TargetGroupPolicy | undefined,
): { protocol: string; protocolVersion?: string } {
  const { protocol = 'HTTP', protocolVersion = 'HTTP1' } = policy?.spec ?? {};
  if (type === 'TLSRoute') {
    return { protocol: 'TCP' };
  }
  if (type === 'GRPCRoute') {
    return { protocol, protocolVersion: 'GRPC' };
  }
  const ofExport = { GRPC: 'GRPC', HTTP: 'HTTP1', TLS: undefined };
  if (type === 'ServiceExport' && routeType) {
    const chosen =
      policy?.spec.protocol ?? (routeType === 'TLS' ? 'TCP' : 'HTTP');
    return chosen === 'TCP'
      ? { protocol: 'TCP' }
      : {
          protocol: chosen,
          protocolVersion:
            policy?.spec.protocolVersion ??
            ofExport[routeType as keyof typeof ofExport],
        };
  }
  return protocol === 'TCP' ? { protocol } : { protocol, protocolVersion };
}

function healthCheckOf(policy: TargetGroupPolicy | undefined) {
  const check = policy?.spec.healthCheck;
  return (
    check && {
      enabled: check.enabled,
      healthCheckIntervalSeconds: check.intervalSeconds,
      healthCheckTimeoutSeconds: check.timeoutSeconds,
      healthyThresholdCount: check.healthyThresholdCount,
      unhealthyThresholdCount: check.unhealthyThresholdCount,
      path: check.path,
      port: check.port,
      protocol: check.protocol,
      protocolVersion: check.protocolVersion,
      ...(check.statusMatch && { matcher: { httpCode: check.statusMatch } }),
    }
  );
}
