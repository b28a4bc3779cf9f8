import type { LogStore } from '../../logs/LogStore';
import type { ServiceOperations } from '../OperationHandler';
import { logEventOperations } from './logEvents';
import { logGroupOperations } from './logGroups';

/** Operations of CloudWatch Logs. */
export function logOperations(options: { logs: LogStore }): ServiceOperations {
  return { ...logGroupOperations(options), ...logEventOperations(options) };
}
