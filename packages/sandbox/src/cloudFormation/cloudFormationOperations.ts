import type { ServiceOperations } from '../operations/OperationHandler';
import type { StackEngine } from './engine/StackEngine';
import { changeSetOperations } from './operations/changeSets/changeSetOperations';
import { createStack } from './operations/createStack';
import {
  deleteStack,
  updateTerminationProtection,
} from './operations/deleteStack';
import { getTemplate } from './operations/getTemplate';
import { readStacks } from './operations/readStacks';
import { updateStack } from './operations/updateStack';
import { validateTemplate } from './operations/validateTemplate';
import { withValidationErrors } from './operations/validationErrors';
import { stackSetOperations } from './stackSets/stackSetOperations';

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
    UpdateTerminationProtection: updateTerminationProtection(engine),
    ValidateTemplate: validateTemplate,
    ...readStacks(engine),
    ...getTemplate(engine),
    ...changeSetOperations(engine),
    ...stackSetOperations(engine),
  });
}
