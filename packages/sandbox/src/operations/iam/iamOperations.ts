import type { ServiceOperations } from '../OperationHandler';
import { managedPolicyOperations } from './managedPolicies';
import { rolePolicyOperations } from './rolePolicies';
import { roleOperations } from './roles';

/** Operations of AWS IAM on roles and their policies. */
export const iamOperations: ServiceOperations = {
  ...roleOperations,
  ...rolePolicyOperations,
  ...managedPolicyOperations,
};
