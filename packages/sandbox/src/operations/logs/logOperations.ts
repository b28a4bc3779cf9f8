import type { LogStore } from '../../logs/LogStore';
import type { ServiceOperations } from '../OperationHandler';
import { logEventOperations } from './logEvents';
import { logFilterOperations } from './logFilters';
import { logGroupOperations } from './logGroups';
import { resourcePolicyOperations } from './resourcePolicies';

/** Operations of CloudWatch Logs. */
export function logOperations(options: { logs: LogStore }): ServiceOperations {
  return {
    ...logGroupOperations(options),
    ...logEventOperations(options),
    ...logFilterOperations,
    ...resourcePolicyOperations,
  };
}
