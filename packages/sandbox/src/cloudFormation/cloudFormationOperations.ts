import type { ServiceOperations } from '../operations/OperationHandler';
import type { StackEngine } from './engine/StackEngine';
import { createStack } from './operations/createStack';
import { deleteStack } from './operations/deleteStack';
import { readStacks } from './operations/readStacks';
import { validateTemplate } from './operations/validateTemplate';
import { withValidationErrors } from './operations/validationErrors';

/**
 * The operations of AWS CloudFormation (signing name `cloudformation`).
 *
 * @public
 */
export function cloudFormationOperations(options: {
  engine: StackEngine;
}): ServiceOperations {
  const { engine } = options;
  return withValidationErrors({
    CreateStack: createStack(engine),
    DeleteStack: deleteStack(engine),
    ValidateTemplate: validateTemplate,
    ...readStacks(engine),
  });
}
