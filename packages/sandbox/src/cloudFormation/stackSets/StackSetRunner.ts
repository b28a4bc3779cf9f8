import { randomUUID } from 'node:crypto';
import type { Estate } from '../../estate/Estate';
import { trusts } from '../../operations/sts/trusts';
import type { CallOperation, Caller } from '../engine/Caller';
import type { Stack } from '../engine/Stack';
import { sessionOf } from '../operations/sessionOf';
import { OperationTarget, StackSet, StackSetOperation } from './StackSet';
import { StackSetStore } from './StackSetStore';

const ADMINISTRATION_ROLE = 'AWSCloudFormationStackSetAdministrationRole';
const EXECUTION_ROLE = 'AWSCloudFormationStackSetExecutionRole';

export interface StackSetRunnerOptions {
  estate: Estate;
  store: StackSetStore;
  call: CallOperation;
  now: () => number;
  /** The stack once it is at rest; one in progress means that the sandbox stops. */
  settled(stackId: string): Promise<Stack>;
}

/** The sandbox stops in the middle of an operation, which is taken up at the next start. */
class InterruptedError extends Error {}

/**
 * Carries out operations on stack sets, in the background of the request that made them: account
 * by account within region by region, until more have failed than the operation tolerates.
 */
export class StackSetRunner {
  readonly #underWay = new Set<Promise<void>>();

  constructor(private readonly options: StackSetRunnerOptions) {}

  /** Begins, or takes up, an operation. */
  start(operation: StackSetOperation): void {
    const running = this.#run(operation)
      .catch(error => {
        if (!(error instanceof InterruptedError)) {
          throw error;
        }
      })
      .finally(() => this.#underWay.delete(running));
    this.#underWay.add(running);
  }

  /** Resolves once no operation is under way. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) {
      await Promise.all(this.#underWay);
    }
  }

  async #run(operation: StackSetOperation): Promise<void> {
    const { store, now } = this.options;
    const { stackSetId, id, targets, preferences } = operation;
    const perRegion = targets.length / new Set(targets.map(t => t.region)).size;
    const tolerated =
      preferences.FailureToleranceCount ??
      Math.floor(
        (perRegion * (preferences.FailureTolerancePercentage ?? 0)) / 100,
      );
    const failures: Record<string, number> = {};
    let hasFailed = false;
    for (const target of targets) {
      const { region } = target;
      const { status } = store.operation(stackSetId, id)!;
      if (hasFailed || status === 'STOPPING') {
        this.#settle(
          operation,
          target,
          'CANCELLED',
          'Cancelled since failure tolerance has exceeded',
        );
        continue;
      }
      const isDone = !['PENDING', 'RUNNING'].includes(target.status);
      const succeeded = isDone
        ? target.status === 'SUCCEEDED'
        : await this.#carryOut(operation, target);
      if (!succeeded) {
        failures[region] = (failures[region] ?? 0) + 1;
        hasFailed = failures[region] > tolerated;
      }
    }
    const isStopped = store.operation(stackSetId, id)!.status === 'STOPPING';
    const outcome = hasFailed ? 'FAILED' : 'SUCCEEDED';
    store.updateOperation(operation, {
      status: isStopped ? 'STOPPED' : outcome,
      endedAt: new Date(now()).toISOString(),
    });
  }

  async #carryOut(
    operation: StackSetOperation,
    target: OperationTarget,
  ): Promise<boolean> {
    const { store } = this.options;
    store.updateTarget(operation, target, { status: 'RUNNING' });
    if (store.instance(operation.stackSetId, target)) {
      store.updateInstance(operation.stackSetId, target, {
        detailedStatus: 'RUNNING',
      });
    }
    try {
      const caller = this.#caller(store.get(operation.stackSetId), target);
      const problem =
        operation.action === 'DELETE'
          ? await this.#delete(operation, target, caller)
          : await this.#deploy(operation, target, caller);
      this.#settle(
        operation,
        target,
        problem === undefined ? 'SUCCEEDED' : 'FAILED',
        problem,
      );
      return problem === undefined;
    } catch (error) {
      if (error instanceof InterruptedError) {
        throw error;
      }
      const message = error instanceof Error ? error.message : String(error);
      this.#settle(operation, target, 'FAILED', message);
      return false;
    }
  }

  #settle(
    operation: StackSetOperation,
    target: OperationTarget,
    status: 'SUCCEEDED' | 'FAILED' | 'CANCELLED',
    statusReason?: string,
  ): void {
    const { store } = this.options;
    const { stackSetId } = operation;
    store.updateTarget(operation, target, { status, statusReason });
    const failedStatus =
      operation.action === 'DELETE' ? 'INOPERABLE' : 'OUTDATED';
    if (store.instance(stackSetId, target)) {
      store.updateInstance(stackSetId, target, {
        detailedStatus: status,
        statusReason,
        status: status === 'SUCCEEDED' ? 'CURRENT' : failedStatus,
      });
    }
  }

  /** As whom the stack is made. @throws Error when the account has no role for it. */
  #caller(stackSet: StackSet, { account, region }: OperationTarget): Caller {
    const { estate } = this.options;
    const base = { accountId: account, region };
    if (stackSet.permissionModel === 'SERVICE_MANAGED') {
      // The service's own role in the account may do everything.
      return { ...base, principalArn: `arn:aws:iam::${account}:root` };
    }
    const administrationRoleArn =
      stackSet.administrationRoleArn ??
      `arn:aws:iam::${stackSet.accountId}:role/${ADMINISTRATION_ROLE}`;
    const executionRoleName = stackSet.executionRoleName ?? EXECUTION_ROLE;
    const session = sessionOf(administrationRoleArn, 'StackSet');
    const role = estate.roles.find(
      ({ accountId, name }) =>
        accountId === account && name === executionRoleName,
    );
    const administrator = {
      accountId: stackSet.accountId,
      principalArn: session,
    };
    if (
      !estate.roles.has(administrationRoleArn) ||
      !role ||
      !trusts(estate, role.trustPolicy, administrator, undefined)
    ) {
      throw new Error(
        `Account ${account} should have '${executionRoleName}' role with trust relationship to Role '${administrationRoleArn
          .split('/')
          .at(-1)}'.`,
      );
    }
    return { ...base, principalArn: sessionOf(role.arn, 'StackSet') };
  }

  /** @returns why the stack could not be brought to what the stack set says. */
  async #deploy(
    operation: StackSetOperation,
    target: OperationTarget,
    caller: Caller,
  ): Promise<string | undefined> {
    const { store, settled } = this.options;
    const { stackSetId, id } = operation;
    const stackSet = store.get(stackSetId);
    const present = store.instance(stackSetId, target)!;
    const input = {
      TemplateBody: stackSet.templateBody,
      Capabilities: stackSet.capabilities,
      Tags: list(stackSet.tags, 'Key', 'Value'),
      Parameters: list(
        { ...stackSet.parameters, ...present.parameterOverrides },
        'ParameterKey',
        'ParameterValue',
      ),
      // After a restart the same token finds what was already begun.
      ClientRequestToken: id,
    };
    const before = present.stackId && (await this.#rest(present.stackId));
    if (
      before &&
      before.status === 'ROLLBACK_COMPLETE' &&
      before.clientRequestToken !== id
    ) {
      await this.#call('DeleteStack', { StackName: before.id }, caller);
      await this.#rest(before.id);
    }
    const isThere =
      before &&
      !['ROLLBACK_COMPLETE', 'DELETE_COMPLETE'].includes(before.status);
    if (isThere) {
      try {
        await this.#call(
          'UpdateStack',
          { StackName: before.id, ...input },
          caller,
        );
      } catch (error) {
        if ((error as Error).message === 'No updates are to be performed.') {
          return undefined;
        }
        throw error;
      }
      return problemOf(await this.#rest(before.id));
    }
    const { StackId } = await this.#call(
      'CreateStack',
      { StackName: present.stackName, ...input },
      caller,
    );
    store.updateInstance(stackSetId, target, { stackId: StackId });
    await settled(StackId);
    return problemOf(await this.#rest(StackId));
  }

  async #delete(
    { stackSetId, retainStacks }: StackSetOperation,
    target: OperationTarget,
    caller: Caller,
  ): Promise<string | undefined> {
    const { store } = this.options;
    const { stackId } = store.instance(stackSetId, target) ?? {};
    if (stackId && !retainStacks) {
      await this.#call('DeleteStack', { StackName: stackId }, caller);
      const { status, statusReason } = await this.#rest(stackId);
      if (status !== 'DELETE_COMPLETE') {
        return statusReason ?? `The stack is in the state ${status}`;
      }
    }
    store.removeInstance(stackSetId, target);
    return undefined;
  }

  #call(operation: string, input: Record<string, unknown>, caller: Caller) {
    return this.options.call('cloudformation', operation, input, caller);
  }

  async #rest(stackId: string): Promise<Stack> {
    const stack = await this.options.settled(stackId);
    if (stack.status.endsWith('_IN_PROGRESS')) {
      throw new InterruptedError();
    }
    return stack;
  }
}

/** The name of the stack of a new instance. */
export function instanceStackName({ name }: StackSet): string {
  return `StackSet-${name}-${randomUUID()}`.slice(0, 128);
}

function list(
  values: Record<string, string>,
  key: string,
  value: string,
): Record<string, string>[] {
  return Object.entries(values).map(([name, text]) => ({
    [key]: name,
    [value]: text,
  }));
}

function problemOf({
  status,
  failures,
  failureReason,
}: Stack): string | undefined {
  if (
    ['CREATE_COMPLETE', 'UPDATE_COMPLETE'].includes(status) &&
    failures.length === 0
  ) {
    return undefined;
  }
  const [failure] = failures;
  return failure
    ? `ResourceLogicalId:${failure.logicalId}, ResourceType:${failure.type}, ResourceStatusReason:${failure.reason}.`
    : failureReason ?? `The stack is in the state ${status}`;
}
