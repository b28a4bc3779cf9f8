import type { ServiceOperations } from '../OperationHandler';
import { prefixListOperations } from './prefixLists';
import { securityGroupRuleOperations } from './securityGroupRules';
import { securityGroupOperations } from './securityGroups';
import { vpcOperations } from './vpcs';

/** Operations of Amazon EC2 on VPCs, security groups and managed prefix lists. */
export const ec2Operations: ServiceOperations = {
  ...vpcOperations,
  ...securityGroupOperations,
  ...securityGroupRuleOperations,
  ...prefixListOperations,
};
