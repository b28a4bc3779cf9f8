import type { OperationContext } from '../../operations/OperationHandler';
import { Stack } from '../engine/Stack';
import { StackStore } from '../engine/StackStore';
import { validationError } from './validationErrors';

/**
 * The caller's stack of that name or id.
 *
 * @throws AwsError `ValidationError` when there is none, as CloudFormation does.
 */
export function findStack(
  store: StackStore,
  nameOrId: string,
  { accountId, region }: OperationContext,
): Stack {
  const stack = store.find({ accountId, region, nameOrId });
  if (!stack) {
    throw validationError(`Stack with id ${nameOrId} does not exist`);
  }
  return stack;
}
