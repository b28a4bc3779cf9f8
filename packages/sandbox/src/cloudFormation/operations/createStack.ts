import type { OperationHandler } from '../../operations/OperationHandler';
import type { StackEngine } from '../engine/StackEngine';
import { checkStackName } from './checkStackName';
import { definitionFrom } from './definitionFrom';
import { validationError } from './validationErrors';

/** `CreateStack`. Templates are given in the request: the sandbox fetches no `TemplateURL`. */
export function createStack(engine: StackEngine): OperationHandler {
  return async (input, context) => {
    const { StackName, ClientRequestToken } = input;
    const { accountId, region } = context;
    checkStackName(StackName);
    if (input.OnFailure && input.DisableRollback !== undefined) {
      throw validationError(
        'You can specify either DisableRollback or OnFailure, but not both.',
      );
    }
    const same =
      ClientRequestToken &&
      engine.store
        .list({ accountId, region })
        .find(
          stack =>
            stack.clientRequestToken === ClientRequestToken &&
            stack.name === StackName,
        );
    if (same) {
      return { StackId: same.id };
    }
    const stack = engine.createStack({
      name: StackName,
      accountId,
      region,
      ...(await definitionFrom(input, context)),
      onFailure:
        input.OnFailure ?? (input.DisableRollback ? 'DO_NOTHING' : 'ROLLBACK'),
      retainExceptOnCreate: input.RetainExceptOnCreate,
      terminationProtection: input.EnableTerminationProtection ?? false,
      clientRequestToken: ClientRequestToken,
    });
    return { StackId: stack.id };
  };
}
