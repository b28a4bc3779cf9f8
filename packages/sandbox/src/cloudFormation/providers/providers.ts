import { keptTypes } from '../../operations/kept';
import { ResourceProvider } from './ResourceProvider';
import { stackSet } from './cloudFormation/stackSet';
import { waitConditionHandle } from './cloudFormation/waitConditionHandle';
import { securityGroup } from './ec2/securityGroup';
import {
  securityGroupEgress,
  securityGroupIngress,
} from './ec2/securityGroupRule';
import { vpcEndpoint } from './ec2/vpcEndpoint';
import { cluster } from './ecs/cluster';
import { ecsService } from './ecs/service';
import { scalableTarget } from './ecs/scalableTarget';
import { taskDefinition } from './ecs/taskDefinition';
import { loadBalancer } from './elasticloadbalancing/loadBalancer';
import { loadBalancerListener } from './elasticloadbalancing/loadBalancerListener';
import { loadBalancerListenerRule } from './elasticloadbalancing/loadBalancerListenerRule';
import { loadBalancerTargetGroup } from './elasticloadbalancing/loadBalancerTargetGroup';
import { managedPolicy } from './iam/managedPolicy';
import { role } from './iam/role';
import { policy, rolePolicy } from './iam/rolePolicies';
import { serviceLinkedRole } from './iam/serviceLinkedRole';
import { keptProvider } from './kept/keptProvider';
import { lambdaFunction } from './lambda/lambdaFunction';
import { permission } from './lambda/permission';
import { accessLogSubscription } from './lattice/accessLogSubscription';
import { authPolicy } from './lattice/authPolicy';
import { listener } from './lattice/listener';
import { resourceConfiguration } from './lattice/resourceConfiguration';
import { resourceGateway } from './lattice/resourceGateway';
import { resourcePolicy } from './lattice/resourcePolicy';
import { rule } from './lattice/rule';
import { service } from './lattice/service';
import { serviceNetwork } from './lattice/serviceNetwork';
import { serviceNetworkResourceAssociation } from './lattice/serviceNetworkResourceAssociation';
import { serviceNetworkServiceAssociation } from './lattice/serviceNetworkServiceAssociation';
import { serviceNetworkVpcAssociation } from './lattice/serviceNetworkVpcAssociation';
import { targetGroup } from './lattice/targetGroup';
import { metricFilter, subscriptionFilter } from './logs/logFilters';
import { logGroup } from './logs/logGroup';
import { logResourcePolicy } from './logs/resourcePolicy';
import { certificate } from './networking/certificate';
import { recordSet } from './networking/recordSet';
import { resourceShare } from './ram/resourceShare';
import { bucket } from './s3/bucket';

const providers = new Map<string, ResourceProvider>(
  [
    ...keptTypes.map(keptProvider),
    accessLogSubscription,
    authPolicy,
    bucket,
    certificate,
    cluster,
    ecsService,
    lambdaFunction,
    listener,
    loadBalancer,
    loadBalancerListener,
    loadBalancerListenerRule,
    loadBalancerTargetGroup,
    logGroup,
    logResourcePolicy,
    managedPolicy,
    metricFilter,
    permission,
    policy,
    recordSet,
    resourceConfiguration,
    resourceGateway,
    resourcePolicy,
    resourceShare,
    role,
    rolePolicy,
    rule,
    scalableTarget,
    securityGroup,
    securityGroupEgress,
    securityGroupIngress,
    service,
    serviceLinkedRole,
    serviceNetwork,
    serviceNetworkResourceAssociation,
    serviceNetworkServiceAssociation,
    serviceNetworkVpcAssociation,
    stackSet,
    subscriptionFilter,
    targetGroup,
    taskDefinition,
    vpcEndpoint,
    waitConditionHandle,
  ].map(provider => [provider.type, provider]),
);

/** The provider of a resource type; `undefined` when the sandbox can't make it. */
export function findProvider(type: string): ResourceProvider | undefined {
  return providers.get(type);
}

/** The resource types that stacks can hold. */
export function supportedTypes(): string[] {
  return [...providers.keys()].sort();
}
