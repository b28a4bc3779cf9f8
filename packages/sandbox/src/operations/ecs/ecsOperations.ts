import type { ServiceOperations } from '../OperationHandler';
import { clusterOperations } from './clusters';
import { serviceOperations } from './services';
import { taskDefinitionOperations } from './taskDefinitions';

/** Operations of Amazon ECS on clusters, task definitions, services and their tasks. */
export const ecsOperations: ServiceOperations = {
  ...clusterOperations,
  ...taskDefinitionOperations,
  ...serviceOperations,
};
