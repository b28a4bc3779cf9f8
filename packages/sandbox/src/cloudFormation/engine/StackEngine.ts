import { randomUUID } from 'node:crypto';
import type { Estate } from '../../estate/Estate';
import { AwsError } from '../../operations/AwsError';
import { CallOperation } from './Caller';
import { ResourceWorker } from './ResourceWorker';
import { Stack, isSettled } from './Stack';
import { StackStore } from './StackStore';
import { createResources } from './createResources';
import { deleteResources } from './deleteResources';
import { statusReason } from './errors';
import { evaluateOutputs } from './evaluateOutputs';
import { prepareStack } from './prepareStack';
import { requiredCapabilities } from './requiredCapabilities';
import { stackScope } from './stackScope';
import { StoppedError } from './waiting';

/** Options of {@link StackEngine.create}. */
export interface StackEngineOptions {
  estate: Estate;
  call: CallOperation;
  /** The present, in milliseconds since the epoch. */
  now?: () => number;
  /**
   * Milliseconds each resource takes beyond the work itself, so that progress can be watched.
   * Default: none.
   */
  resourceDelay?: () => number;
}

/** A stack to create. */
export type StackRequest = Pick<
  Stack,
  | 'name'
  | 'accountId'
  | 'region'
  | 'principalArn'
  | 'templateBody'
  | 'parameters'
> &
  Partial<
    Pick<
      Stack,
      | 'roleArn'
      | 'tags'
      | 'capabilities'
      | 'notificationArns'
      | 'onFailure'
      | 'terminationProtection'
      | 'clientRequestToken'
    >
  >;

/**
 * Executes CloudFormation templates on the estate, in the background of the operation that asked.
 *
 * @public
 */
export class StackEngine {
  readonly store: StackStore;
  readonly #now: () => number;
  readonly #worker: ResourceWorker;
  readonly #stop = new AbortController();
  readonly #underWay = new Map<string, Promise<void>>();

  static create(options: StackEngineOptions): StackEngine {
    return new StackEngine(options);
  }

  private constructor(options: StackEngineOptions) {
    const { estate, call, now = Date.now, resourceDelay = () => 0 } = options;
    this.#now = now;
    this.store = new StackStore(estate, now);
    this.#worker = new ResourceWorker({
      estate,
      call,
      resourceDelay,
      stopped: this.#stop.signal,
    });
  }

  /**
   * Checks the template and starts creating the stack.
   *
   * @throws TemplateError, or AwsError when the name is taken or a capability is not acknowledged.
   */
  createStack(request: StackRequest): Stack {
    const { accountId, region, name, templateBody, parameters } = request;
    if (this.store.find({ accountId, region, nameOrId: name })) {
      throw new AwsError({
        code: 'AlreadyExistsException',
        message: `Stack [${name}] already exists`,
      });
    }
    const id = `arn:aws:cloudformation:${region}:${accountId}:stack/${name}/${randomUUID()}`;
    const { template } = prepareStack({
      templateBody,
      parameters,
      stack: { id, name, accountId, region },
    });
    const { capabilities } = requiredCapabilities(template);
    const acknowledged = new Set(request.capabilities);
    const lacking = capabilities.filter(
      capability =>
        !acknowledged.has(capability) &&
        !acknowledged.has('CAPABILITY_NAMED_IAM'),
    );
    if (lacking.length > 0) {
      throw new AwsError({
        code: 'InsufficientCapabilitiesException',
        message: `Requires capabilities : [${lacking.join(', ')}]`,
      });
    }
    const defaults = Object.fromEntries(
      Object.entries(template.Parameters).map(([key, { Default }]) => [
        key,
        Default ?? '',
      ]),
    );
    this.store.add({
      tags: {},
      capabilities: [],
      notificationArns: [],
      onFailure: 'ROLLBACK',
      terminationProtection: false,
      ...request,
      parameters: { ...defaults, ...parameters },
      id,
      description: template.Description,
      status: 'CREATE_IN_PROGRESS',
      statusReason: 'User Initiated',
      failures: [],
      createdAt: new Date(this.#now()).toISOString(),
      outputs: [],
      resources: {},
    });
    this.#run(id, () => this.#create(id));
    return this.store.get(id);
  }

  /** Starts deleting the stack; one that is being created is deleted once it is at rest. */
  deleteStack(
    stackId: string,
    options: { retain?: string[]; principalArn?: string } = {},
  ): void {
    const { retain, principalArn } = options;
    this.#run(stackId, async () => {
      if (this.store.get(stackId).status === 'DELETE_COMPLETE') {
        return;
      }
      if (principalArn) {
        this.store.update(stackId, { principalArn });
      }
      this.store.setStatus(stackId, 'DELETE_IN_PROGRESS', 'User Initiated');
      await this.#delete(stackId, retain);
    });
  }

  /** Resolves with the stack once nothing is under way on it. */
  async settled(stackId: string): Promise<Stack> {
    while (this.#underWay.has(stackId)) {
      await this.#underWay.get(stackId);
    }
    return this.store.get(stackId);
  }

  /** Resolves once nothing is under way. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) {
      await Promise.all(this.#underWay.values());
    }
  }

  /**
   * Takes up what a stop of the sandbox interrupted: creations are rolled back, rollbacks and
   * deletions go on. To be called once, after the journal was read.
   */
  recover(): void {
    for (const { id, status } of this.store
      .all()
      .filter(stack => !isSettled(stack))) {
      this.#run(id, async () => {
        if (status === 'DELETE_IN_PROGRESS') {
          await this.#delete(id);
          return;
        }
        for (const resource of Object.values(this.store.get(id).resources)) {
          if (resource.status === 'CREATE_IN_PROGRESS') {
            this.store.setResourceStatus(
              id,
              resource.logicalId,
              'CREATE_FAILED',
              {
                statusReason: 'The sandbox was stopped during the creation',
              },
            );
          }
        }
        await this.#fail(id, 'The sandbox was stopped during the creation.');
      });
    }
  }

  /** Stops within moments; what is under way is taken up by {@link StackEngine.recover}. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.idle();
  }

  /** Runs work on a stack after what is under way on it. */
  #run(stackId: string, work: () => Promise<void>): void {
    const before = this.#underWay.get(stackId) ?? Promise.resolve();
    const running = before
      .then(work)
      .catch(error => {
        if (!(error instanceof StoppedError)) {
          this.store.setStatus(
            stackId,
            this.store
              .get(stackId)
              .status.replace('_IN_PROGRESS', '_FAILED') as Stack['status'],
            statusReason(error),
          );
        }
      })
      .finally(() => {
        if (this.#underWay.get(stackId) === running) {
          this.#underWay.delete(stackId);
        }
      });
    this.#underWay.set(stackId, running);
  }

  async #create(stackId: string): Promise<void> {
    const stack = this.store.get(stackId);
    const { template, parameters, order } = prepareStack({
      templateBody: stack.templateBody,
      parameters: stack.parameters,
      stack,
    });
    const scope = stackScope({
      template,
      parameters,
      stack,
      resource: logicalId => this.store.get(stackId).resources[logicalId],
      exported: name => this.#exports(stack).get(name),
    });
    const failed = await createResources({
      stackId,
      template,
      order,
      scope,
      store: this.store,
      worker: this.#worker,
      stopped: this.#stop.signal,
    });
    if (failed.length > 0) {
      await this.#fail(
        stackId,
        `The following resource(s) failed to create: [${failed.join(', ')}].`,
      );
      return;
    }
    try {
      const outputs = evaluateOutputs({
        template,
        scope,
        isExported: name => this.#exports(stack).has(name),
      });
      this.store.update(stackId, { outputs });
    } catch (error) {
      await this.#fail(stackId, statusReason(error));
      return;
    }
    this.store.setStatus(stackId, 'CREATE_COMPLETE');
  }

  async #fail(stackId: string, reason: string): Promise<void> {
    const {
      onFailure,
      status,
      failureReason = reason,
    } = this.store.get(stackId);
    this.store.update(stackId, { failureReason });
    if (onFailure === 'DO_NOTHING') {
      this.store.setStatus(stackId, 'CREATE_FAILED', reason);
      return;
    }
    if (onFailure === 'DELETE') {
      this.store.setStatus(stackId, 'DELETE_IN_PROGRESS', reason);
      await this.#delete(stackId);
      return;
    }
    if (status !== 'ROLLBACK_IN_PROGRESS') {
      this.store.setStatus(
        stackId,
        'ROLLBACK_IN_PROGRESS',
        `${reason} Rollback requested by user.`,
      );
    }
    const failed = await this.#deleteResources(stackId, {
      honourRetain: false,
    });
    this.store.setStatus(
      stackId,
      failed.length > 0 ? 'ROLLBACK_FAILED' : 'ROLLBACK_COMPLETE',
      failed.length > 0
        ? `The following resource(s) failed to delete: [${failed.join(', ')}].`
        : undefined,
    );
  }

  async #delete(stackId: string, retain?: string[]): Promise<void> {
    const failed = await this.#deleteResources(stackId, {
      honourRetain: true,
      retain,
    });
    this.store.setStatus(
      stackId,
      failed.length > 0 ? 'DELETE_FAILED' : 'DELETE_COMPLETE',
      failed.length > 0
        ? `The following resource(s) failed to delete: [${failed.join(', ')}].`
        : undefined,
    );
  }

  #deleteResources(
    stackId: string,
    options: { honourRetain: boolean; retain?: string[] },
  ): Promise<string[]> {
    return deleteResources({
      stackId,
      store: this.store,
      worker: this.#worker,
      stopped: this.#stop.signal,
      ...options,
    });
  }

  /** What other stacks of the same account and region export. */
  #exports(stack: Stack): Map<string, string> {
    return new Map(
      this.store
        .list(stack)
        .filter(
          ({ id, status }) => id !== stack.id && status !== 'DELETE_COMPLETE',
        )
        .flatMap(({ outputs }) => outputs)
        .filter(({ exportName }) => exportName)
        .map(({ exportName, value }) => [exportName!, value]),
    );
  }
}
