import type { Collection } from '../../estate/Collection';
import type { Estate } from '../../estate/Estate';
import { AwsError } from '../../operations/AwsError';
import {
  OperationTarget,
  StackInstance,
  StackSet,
  StackSetOperation,
} from './StackSet';

type Place = Pick<StackInstance, 'account' | 'region'>;

/** The stack sets of the estate, their instances and operations. */
export class StackSetStore {
  readonly #stackSets: Collection<StackSet>;
  readonly #instances: Collection<StackInstance>;
  readonly #operations: Collection<StackSetOperation>;

  constructor(estate: Estate) {
    this.#stackSets = estate.collection('stackSets');
    this.#instances = estate.collection('stackInstances');
    this.#operations = estate.collection('stackSetOperations');
  }

  put(stackSet: StackSet): void {
    this.#stackSets.put(stackSet.id, stackSet);
  }

  /** By id. */
  get(id: string): StackSet {
    return this.#stackSets.get(id)!;
  }

  list({ accountId, region }: { accountId: string; region: string }) {
    return this.#stackSets.filter(
      stackSet =>
        stackSet.accountId === accountId && stackSet.region === region,
    );
  }

  /**
   * By name, id or ARN, of those that are not deleted.
   *
   * @throws AwsError `StackSetNotFoundException`.
   */
  find(
    nameOrId: string,
    place: { accountId: string; region: string },
  ): StackSet {
    const found = this.list(place).find(
      ({ id, arn, name, status }) =>
        status === 'ACTIVE' && [id, arn, name].includes(nameOrId),
    );
    if (!found) {
      throw new AwsError({
        code: 'StackSetNotFoundException',
        message: `StackSet ${nameOrId} not found`,
      });
    }
    return found;
  }

  instances(stackSetId: string): StackInstance[] {
    return this.#instances.filter(
      instance => instance.stackSetId === stackSetId,
    );
  }

  instance(
    stackSetId: string,
    { account, region }: Place,
  ): StackInstance | undefined {
    return this.#instances.get(`${stackSetId}/${account}/${region}`);
  }

  putInstance(instance: StackInstance): void {
    const { stackSetId, account, region } = instance;
    this.#instances.put(`${stackSetId}/${account}/${region}`, instance);
  }

  updateInstance(
    stackSetId: string,
    { account, region }: Place,
    change: Partial<StackInstance>,
  ): void {
    this.#instances.update(`${stackSetId}/${account}/${region}`, instance => ({
      ...instance,
      ...change,
    }));
  }

  removeInstance(stackSetId: string, { account, region }: Place): void {
    this.#instances.delete(`${stackSetId}/${account}/${region}`);
  }

  /** Newest first. */
  operations(stackSetId: string): StackSetOperation[] {
    return this.#operations
      .filter(operation => operation.stackSetId === stackSetId)
      .reverse();
  }

  operation(stackSetId: string, id: string): StackSetOperation | undefined {
    return this.#operations.get(`${stackSetId}/${id}`);
  }

  /** Those that are under way. */
  running(): StackSetOperation[] {
    return this.#operations.filter(({ status }) =>
      ['RUNNING', 'STOPPING'].includes(status),
    );
  }

  putOperation(operation: StackSetOperation): void {
    const { stackSetId, id } = operation;
    this.#operations.put(`${stackSetId}/${id}`, operation);
  }

  updateOperation(
    { stackSetId, id }: Pick<StackSetOperation, 'stackSetId' | 'id'>,
    change: Partial<StackSetOperation>,
  ): void {
    this.#operations.update(`${stackSetId}/${id}`, operation => ({
      ...operation,
      ...change,
    }));
  }

  updateTarget(
    operation: Pick<StackSetOperation, 'stackSetId' | 'id'>,
    { account, region }: Place,
    change: Partial<OperationTarget>,
  ): void {
    const { targets } = this.operation(operation.stackSetId, operation.id)!;
    this.updateOperation(operation, {
      targets: targets.map(target =>
        target.account === account && target.region === region
          ? { ...target, ...change }
          : target,
      ),
    });
  }
}
