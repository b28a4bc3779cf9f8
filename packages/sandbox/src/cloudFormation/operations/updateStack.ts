import type { OperationHandler } from '../../operations/OperationHandler';
import type { StackEngine } from '../engine/StackEngine';
import { definitionFrom } from './definitionFrom';
import { findStack } from './findStack';
import { validationError } from './validationErrors';
import { sessionOf } from './sessionOf';

/** `UpdateStack`, `CancelUpdateStack`, `ContinueUpdateRollback`, `RollbackStack`. */
export function updateStack(
  engine: StackEngine,
): Record<string, OperationHandler> {
  const { store } = engine;
  return {
    async UpdateStack(input, context) {
      const { accountId, region } = context;
      const { StackName: nameOrId, ClientRequestToken } = input;
      const stack = store.find({ accountId, region, nameOrId });
      if (!stack || stack.status === 'DELETE_COMPLETE') {
        throw validationError(`Stack [${nameOrId}] does not exist`);
      }
      if (ClientRequestToken && stack.operationToken === ClientRequestToken) {
        return { StackId: stack.id };
      }
      engine.updateStack(stack.id, {
        ...(await definitionFrom(input, context, stack)),
        disableRollback: input.DisableRollback,
        retainExceptOnCreate: input.RetainExceptOnCreate,
        clientRequestToken: ClientRequestToken,
      });
      return { StackId: stack.id };
    },

    CancelUpdateStack({ StackName }, context) {
      engine.cancelUpdate(findStack(store, StackName, context).id);
      return {};
    },

    ContinueUpdateRollback(input, context) {
      const { StackName, ResourcesToSkip, RoleARN } = input;
      const { id, status, resources } = findStack(store, StackName, context);
      if (status !== 'UPDATE_ROLLBACK_FAILED') {
        throw validationError(
          `Stack:${id} is in ${status} state and can not continue rollback.`,
        );
      }
      const unfit = (ResourcesToSkip ?? []).filter(
        (name: string) => resources[name]?.status !== 'UPDATE_FAILED',
      );
      if (unfit.length > 0) {
        throw validationError(
          `ResourcesToSkip can only contain resources in UPDATE_FAILED state: [${unfit.join(
            ', ',
          )}]`,
        );
      }
      engine.rollBack(id, {
        skip: ResourcesToSkip,
        principalArn: RoleARN && sessionOf(RoleARN, 'AWSCloudFormation'),
      });
      return {};
    },

    RollbackStack({ StackName, RoleARN }, context) {
      const { id, status } = findStack(store, StackName, context);
      if (status !== 'CREATE_FAILED' && status !== 'UPDATE_FAILED') {
        throw validationError(
          `Stack:${id} is in ${status} state and can not be rolled back.`,
        );
      }
      engine.rollBack(id, {
        principalArn: RoleARN && sessionOf(RoleARN, 'AWSCloudFormation'),
      });
      return { StackId: id };
    },
  };
}
