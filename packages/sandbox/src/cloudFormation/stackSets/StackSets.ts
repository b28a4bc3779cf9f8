import { randomUUID } from 'node:crypto';
import { AwsError } from '../../operations/AwsError';
import { StackSet, StackSetOperation } from './StackSet';
import {
  StackSetRunner,
  StackSetRunnerOptions,
  instanceStackName,
} from './StackSetRunner';
import { StackSetStore } from './StackSetStore';
import { TargetAccount } from './deploymentTargets';

/** An operation to begin on a stack set. */
export interface OperationRequest {
  /** As it is to be from now on. */
  stackSet: StackSet;
  action: StackSetOperation['action'];
  /** Accounts, each for every region. */
  accounts: TargetAccount[];
  regions: string[];
  id?: string;
  preferences?: Record<string, any>;
  deploymentTargets?: Record<string, unknown>;
  parameterOverrides?: Record<string, string>;
  retainStacks?: boolean;
}

/** The stack sets of the estate and the operations on them. */
export class StackSets {
  readonly store: StackSetStore;
  readonly #runner: StackSetRunner;
  readonly #now: () => number;

  static create(options: Omit<StackSetRunnerOptions, 'store'>): StackSets {
    const store = new StackSetStore(options.estate);
    return new StackSets(
      store,
      new StackSetRunner({ ...options, store }),
      options.now,
    );
  }

  private constructor(
    store: StackSetStore,
    runner: StackSetRunner,
    now: () => number,
  ) {
    this.store = store;
    this.#runner = runner;
    this.#now = now;
  }

  /**
   * Begins an operation.
   *
   * @throws AwsError when another one is under way, or the id is taken.
   */
  begin(request: OperationRequest): StackSetOperation {
    const { stackSet, action, accounts, regions, parameterOverrides } = request;
    const { id = randomUUID(), preferences = {} } = request;
    this.#checkBegin(stackSet, id);
    this.store.put(stackSet);
    const targets = ordered(regions, preferences.RegionOrder)
      .flatMap(region =>
        accounts.map(account => ({
          ...account,
          region,
          status: 'PENDING' as const,
        })),
      )
      .filter(
        target =>
          action === 'CREATE' || this.store.instance(stackSet.id, target),
      );
    for (const target of action === 'DELETE' ? [] : targets) {
      const { account, region, organizationalUnitId } = target;
      const present = this.store.instance(stackSet.id, target);
      this.store.putInstance({
        stackName: instanceStackName(stackSet),
        parameterOverrides: {},
        ...present,
        stackSetId: stackSet.id,
        account,
        region,
        organizationalUnitId:
          organizationalUnitId ?? present?.organizationalUnitId,
        ...(parameterOverrides && { parameterOverrides }),
        status: 'OUTDATED',
        detailedStatus: 'PENDING',
        statusReason: undefined,
        lastOperationId: id,
      });
    }
    const operation: StackSetOperation = {
      id,
      stackSetId: stackSet.id,
      action,
      status: 'RUNNING',
      preferences,
      deploymentTargets: request.deploymentTargets,
      parameterOverrides,
      retainStacks: request.retainStacks,
      createdAt: new Date(this.#now()).toISOString(),
      targets,
    };
    this.store.putOperation(operation);
    this.#runner.start(operation);
    return operation;
  }

  /** Takes up the operations that a stop of the sandbox interrupted. */
  recover(): void {
    for (const operation of this.store.running()) {
      this.#runner.start(operation);
    }
  }

  /** Resolves once no operation is under way. */
  idle(): Promise<void> {
    return this.#runner.idle();
  }

  #checkBegin({ id: stackSetId, name }: StackSet, id: string): void {
    if (this.store.operation(stackSetId, id)) {
      throw new AwsError({
        code: 'OperationIdAlreadyExistsException',
        message: `The operation ID ${id} already exists`,
      });
    }
    const other = this.store
      .running()
      .find(operation => operation.stackSetId === stackSetId);
    if (other) {
      throw new AwsError({
        code: 'OperationInProgressException',
        message: `Another Operation on StackSet ${name} is in progress: ${other.id}`,
      });
    }
  }
}

/** The regions in the order asked for; the others after them. */
function ordered(regions: string[], order: string[] = []): string[] {
  return [
    ...order.filter(region => regions.includes(region)),
    ...regions.filter(region => !order.includes(region)),
  ];
}
