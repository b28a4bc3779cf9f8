import type { ServiceOperations } from '../OperationHandler';
import { hostedZoneOperations } from './hostedZones';
import { recordSetOperations } from './recordSets';

/** Operations of Amazon Route 53 on hosted zones (read) and their records. */
export const route53Operations: ServiceOperations = {
  ...hostedZoneOperations,
  ...recordSetOperations,
};
