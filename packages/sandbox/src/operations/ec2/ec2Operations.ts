import type { ServiceOperations } from '../OperationHandler';
import { prefixListOperations } from './prefixLists';
import { securityGroupRuleOperations } from './securityGroupRules';
import { securityGroupOperations } from './securityGroups';
import { subnetOperations } from './subnets';
import { tagOperations } from './tags';
import { vpcEndpointOperations } from './vpcEndpoints';
import { vpcOperations } from './vpcs';

/** Operations of Amazon EC2 on VPCs, subnets, security groups, endpoints and managed prefix lists. */
export const ec2Operations: ServiceOperations = {
  ...vpcOperations,
  ...subnetOperations,
  ...vpcEndpointOperations,
  ...tagOperations,
  ...securityGroupOperations,
  ...securityGroupRuleOperations,
  ...prefixListOperations,
};
