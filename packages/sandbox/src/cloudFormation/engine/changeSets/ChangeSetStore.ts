import type { Collection } from '../../../estate/Collection';
import type { Estate } from '../../../estate/Estate';
import { Stack, isSettled } from '../Stack';
import { StackStore } from '../StackStore';
import { ChangeSet } from './ChangeSet';

/** The change sets in the estate. */
export class ChangeSetStore {
  readonly #changeSets: Collection<ChangeSet>;

  constructor(estate: Estate, private readonly stacks: StackStore) {
    this.#changeSets = estate.collection('changeSets');
  }

  put(changeSet: ChangeSet): void {
    this.#changeSets.put(changeSet.id, changeSet);
  }

  delete({ id }: ChangeSet): void {
    this.#changeSets.delete(id);
  }

  /** The change set with that ARN, or with that name of a stack. */
  find(options: { nameOrId: string; stackId?: string }): ChangeSet | undefined {
    const { nameOrId, stackId } = options;
    const found = this.#changeSets.find(
      ({ id, name, stackId: owner }) =>
        id === nameOrId || (name === nameOrId && owner === stackId),
    );
    return found && this.#current(found);
  }

  /** Those of a stack, newest first. */
  list(stackId: string): ChangeSet[] {
    return this.#changeSets
      .filter(changeSet => changeSet.stackId === stackId)
      .map(changeSet => this.#current(changeSet))
      .reverse();
  }

  /** With the execution status that follows from the stack's. */
  #current(changeSet: ChangeSet): ChangeSet {
    const stack = this.stacks.get(changeSet.stackId);
    const executionStatus = executionStatusOf(changeSet, stack);
    if (executionStatus === changeSet.executionStatus) {
      return changeSet;
    }
    const current = { ...changeSet, executionStatus };
    this.put(current);
    return current;
  }
}

function executionStatusOf(
  { id, executionStatus, createdAt }: ChangeSet,
  stack: Stack,
): ChangeSet['executionStatus'] {
  const isChanged =
    stack.status === 'DELETE_COMPLETE' ||
    (stack.lastUpdatedAt !== undefined && stack.lastUpdatedAt >= createdAt);
  if (executionStatus === 'AVAILABLE' && isChanged) {
    return 'OBSOLETE';
  }
  if (executionStatus === 'EXECUTE_IN_PROGRESS' && isSettled(stack)) {
    return stack.changeSetId === id &&
      ['CREATE_COMPLETE', 'UPDATE_COMPLETE'].includes(stack.status)
      ? 'EXECUTE_COMPLETE'
      : 'EXECUTE_FAILED';
  }
  return executionStatus;
}
