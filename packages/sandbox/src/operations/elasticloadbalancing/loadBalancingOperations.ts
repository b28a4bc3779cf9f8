import type { ServiceOperations } from '../OperationHandler';
import { listenerOperations } from './listeners';
import { loadBalancerOperations } from './loadBalancers';
import { tagOperations } from './tags';
import { targetGroupOperations } from './targetGroups';

/** Operations of Elastic Load Balancing (version 2) on Application Load Balancers. */
export const loadBalancingOperations: ServiceOperations = {
  ...loadBalancerOperations,
  ...listenerOperations,
  ...targetGroupOperations,
  ...tagOperations,
};
