import type { ServiceOperations } from '../operations/OperationHandler';
import type { StackEngine } from './engine/StackEngine';
import { createStack } from './operations/createStack';
import { deleteStack } from './operations/deleteStack';
import { readStacks } from './operations/readStacks';
import { updateStack } from './operations/updateStack';
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
    ...updateStack(engine),
    DeleteStack: deleteStack(engine),
    ValidateTemplate: validateTemplate,
    ...readStacks(engine),
  });
}
