import type { ServiceOperations } from '../OperationHandler';
import { managedPolicyOperations } from './managedPolicies';
import { rolePolicyOperations } from './rolePolicies';
import { roleOperations } from './roles';
import { serviceLinkedRoleOperations } from './serviceLinkedRoles';

/** Operations of AWS IAM on roles and their policies. */
export const iamOperations: ServiceOperations = {
  ...roleOperations,
  ...rolePolicyOperations,
  ...managedPolicyOperations,
  ...serviceLinkedRoleOperations,
};
