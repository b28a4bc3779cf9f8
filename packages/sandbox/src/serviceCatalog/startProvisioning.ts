import { StackEngine, cloudFormationOperations } from '../cloudFormation';
import type { CallOperation } from '../cloudFormation';
import type { Estate } from '../estate/Estate';
import type { ServiceOperations } from '../operations/OperationHandler';
import { cloudWatchOperations, dynamoDbOperations } from '../operations/kept';
import { lambdaOperations } from '../operations/lambda';
import { ServiceCatalog } from './ServiceCatalog';
import { serviceCatalogOperations } from './serviceCatalogOperations';

/** Options of {@link startProvisioning}. */
export interface ProvisioningOptions {
  estate: Estate;
  /** Where the operations are put, by signing name. */
  services: Record<string, ServiceOperations>;
  call: CallOperation;
  /** The present, in milliseconds since the epoch. */
  now: () => number;
  /** Milliseconds each resource takes beyond the work itself. Default: none. */
  resourceDelay?: () => number;
}

/**
 * Adds CloudFormation and Service Catalog, and the operations on functions, alarms and tables that
 * stacks need, to the services; takes up what a stop interrupted. Needs the other services there
 * already.
 *
 * @returns a function that stops it within moments.
 */
export function startProvisioning(
  options: ProvisioningOptions,
): () => Promise<void> {
  const { estate, services, call, now, resourceDelay } = options;
  const engine = StackEngine.create({ estate, call, now, resourceDelay });
  const catalog = ServiceCatalog.create({ estate, engine, call, now });
  Object.assign(services, {
    cloudformation: cloudFormationOperations({ engine }),
    servicecatalog: serviceCatalogOperations({ catalog }),
    lambda: lambdaOperations,
    cloudwatch: cloudWatchOperations,
    dynamodb: dynamoDbOperations,
  });
  engine.recover();
  catalog.recover();
  return async () => {
    await engine.stop();
    await catalog.idle();
  };
}
