import { ResourceProvider } from './ResourceProvider';
import { stackSet } from './cloudFormation/stackSet';
import { securityGroup } from './ec2/securityGroup';
import {
  securityGroupEgress,
  securityGroupIngress,
} from './ec2/securityGroupRule';
import { role } from './iam/role';
import { alarm } from './kept/alarm';
import { table } from './kept/table';
import { lambdaFunction } from './lambda/lambdaFunction';
import { permission } from './lambda/permission';
import { accessLogSubscription } from './lattice/accessLogSubscription';
import { authPolicy } from './lattice/authPolicy';
import { listener } from './lattice/listener';
import { rule } from './lattice/rule';
import { service } from './lattice/service';
import { serviceNetwork } from './lattice/serviceNetwork';
import { serviceNetworkServiceAssociation } from './lattice/serviceNetworkServiceAssociation';
import { serviceNetworkVpcAssociation } from './lattice/serviceNetworkVpcAssociation';
import { targetGroup } from './lattice/targetGroup';
import { logGroup } from './logs/logGroup';
import { resourceShare } from './ram/resourceShare';

const providers = new Map<string, ResourceProvider>(
  [
    accessLogSubscription,
    alarm,
    authPolicy,
    lambdaFunction,
    listener,
    logGroup,
    permission,
    resourceShare,
    role,
    rule,
    securityGroup,
    securityGroupEgress,
    securityGroupIngress,
    service,
    serviceNetwork,
    serviceNetworkServiceAssociation,
    serviceNetworkVpcAssociation,
    stackSet,
    table,
    targetGroup,
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
