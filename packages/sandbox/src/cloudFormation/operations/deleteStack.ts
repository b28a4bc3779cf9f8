import type { OperationHandler } from '../../operations/OperationHandler';
import type { StackEngine } from '../engine/StackEngine';
import { findStack } from './findStack';
import { sessionOf } from './sessionOf';
import { validationError } from './validationErrors';

/** `UpdateTerminationProtection`. */
export function updateTerminationProtection({
  store,
}: StackEngine): OperationHandler {
  return ({ StackName, EnableTerminationProtection }, context) => {
    const { id } = findStack(store, StackName, context);
    store.update(id, { terminationProtection: EnableTerminationProtection });
    return { StackId: id };
  };
}

/** `DeleteStack`. Deleting a stack that does not exist succeeds, as in AWS. */
export function deleteStack(engine: StackEngine): OperationHandler {
  return (input, { accountId, region, principalArn }) => {
    const { StackName: nameOrId, RetainResources, RoleARN } = input;
    const stack = engine.store.find({ accountId, region, nameOrId });
    if (!stack || stack.status === 'DELETE_COMPLETE') {
      return {};
    }
    if (stack.terminationProtection) {
      throw validationError(
        `Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`,
      );
    }
    if (RetainResources?.length > 0 && stack.status !== 'DELETE_FAILED') {
      throw validationError(
        'Invalid operation on stack. RetainResources can only be specified for stacks in DELETE_FAILED state',
      );
    }
    const role = RoleARN ?? stack.roleArn;
    if (stack.status !== 'DELETE_IN_PROGRESS') {
      engine.deleteStack(stack.id, {
        retain: RetainResources,
        principalArn: role
          ? sessionOf(role, 'AWSCloudFormation')
          : principalArn,
      });
    }
    return {};
  };
}
