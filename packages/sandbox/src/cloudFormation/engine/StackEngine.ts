import { randomUUID } from 'node:crypto';
import type { Estate } from '../../estate/Estate';
import { AwsError } from '../../operations/AwsError';
import { TemplateError } from '../template/TemplateError';
import { StackSets } from '../stackSets/StackSets';
import { CallOperation } from './Caller';
import { EngineContext } from './EngineContext';
import { ResourceWorker } from './ResourceWorker';
import { Stack, StackDefinition, definitionOf, isSettled } from './Stack';
import { StackStore } from './StackStore';
import { ChangeSetStore } from './changeSets/ChangeSetStore';
import { checkUpdatable, checkUpdate, withDefaults } from './checkUpdate';
import { carryOutCreation, rollBackCreation } from './creation';
import { carryOutDeletion } from './deletion';
import { statusReason } from './errors';
import { prepareStack } from './prepareStack';
import { recoverStack } from './recoverStack';
import { checkCapabilities } from './requiredCapabilities';
import { carryOutUpdate, rollBackUpdate } from './update';
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
      | 'retainExceptOnCreate'
      | 'terminationProtection'
      | 'clientRequestToken'
    >
  >;

/** A new definition of a stack; the rest stays as it is. */
export interface UpdateRequest extends StackDefinition {
  principalArn: string;
  disableRollback?: boolean;
  retainExceptOnCreate?: boolean;
  clientRequestToken?: string;
  changeSetId?: string;
}

/**
 * Executes CloudFormation templates on the estate, in the background of the operation that asked.
 *
 * @public
 */
export class StackEngine {
  readonly store: StackStore;
  readonly changeSets: ChangeSetStore;
  readonly stackSets: StackSets;
  readonly estate: Estate;
  readonly #now: () => number;
  readonly #context: EngineContext;
  readonly #stop = new AbortController();
  /** Of the updates under way, by stack. */
  readonly #cancellations = new Map<string, AbortController>();
  readonly #underWay = new Map<string, Promise<void>>();

  static create(options: StackEngineOptions): StackEngine {
    return new StackEngine(options);
  }

  private constructor(options: StackEngineOptions) {
    const { estate, call, now = Date.now, resourceDelay = () => 0 } = options;
    this.#now = now;
    this.store = new StackStore(estate, now);
    this.changeSets = new ChangeSetStore(estate, this.store);
    this.estate = estate;
    this.stackSets = StackSets.create({
      estate,
      call,
      now,
      settled: stackId => this.settled(stackId),
    });
    const stopped = this.#stop.signal;
    this.#context = {
      estate,
      store: this.store,
      stopped,
      worker: new ResourceWorker({ estate, call, resourceDelay, stopped }),
    };
  }

  /**
   * Checks the template and starts creating the stack.
   *
   * @throws TemplateError, or AwsError when the name is taken or a capability is not acknowledged.
   */
  createStack(request: StackRequest): Stack {
    const id = this.#newId(request);
    const stack = this.#newStack(id, request);
    const { template } = prepareStack({ stack });
    checkCapabilities(template, stack.capabilities);
    this.store.add({
      ...stack,
      parameters: withDefaults(template, stack.parameters),
      description: template.Description,
    });
    this.#run(id, () => carryOutCreation(this.#context, id));
    return this.store.get(id);
  }

  /**
   * Adds a stack without template or resources, for change sets to be executed on.
   *
   * @throws AwsError when the name is taken.
   */
  addForReview(
    request: Pick<Stack, 'name' | 'accountId' | 'region' | 'principalArn'>,
  ): Stack {
    const id = this.#newId(request);
    this.store.add({
      ...this.#newStack(id, { ...request, templateBody: '', parameters: {} }),
      status: 'REVIEW_IN_PROGRESS',
    });
    return this.store.get(id);
  }

  /** Starts creating a stack that {@link StackEngine.addForReview} added. */
  createReviewed(
    stackId: string,
    request: UpdateRequest & Partial<Pick<Stack, 'onFailure'>>,
  ): void {
    const { principalArn, clientRequestToken, changeSetId } = request;
    const { onFailure = 'ROLLBACK', retainExceptOnCreate } = request;
    const { template } = prepareStack({
      stack: { ...this.store.get(stackId), ...definitionOf(request) },
    });
    this.store.setStatus(stackId, 'CREATE_IN_PROGRESS', 'User Initiated', {
      ...definitionOf(request),
      parameters: withDefaults(template, request.parameters),
      principalArn,
      onFailure,
      retainExceptOnCreate,
      operationToken: clientRequestToken,
      changeSetId,
      lastUpdatedAt: this.#timestamp(),
    });
    this.#run(stackId, () => carryOutCreation(this.#context, stackId));
  }

  /**
   * Checks the new definition and starts bringing the stack to it.
   *
   * @throws TemplateError, or AwsError when a capability is not acknowledged.
   */
  updateStack(stackId: string, request: UpdateRequest): void {
    const stack = this.store.get(stackId);
    checkUpdatable(stack);
    const { definition, isEmpty } = checkUpdate({
      store: this.store,
      stack,
      definition: definitionOf(request),
    });
    if (isEmpty) {
      throw new TemplateError('No updates are to be performed.');
    }
    const { principalArn, clientRequestToken, changeSetId } = request;
    this.store.setStatus(stackId, 'UPDATE_IN_PROGRESS', 'User Initiated', {
      ...definition,
      principalArn,
      operationToken: clientRequestToken,
      changeSetId: changeSetId ?? stack.changeSetId,
      lastUpdatedAt: this.#timestamp(),
      failures: [],
      failureReason: undefined,
      update: {
        // After a failure that was not rolled back the last stable state stays the one to go back to.
        previous: { ...definitionOf(stack), imports: stack.imports },
        obsolete: [],
        ...stack.update,
        disableRollback: request.disableRollback ?? false,
        retainExceptOnCreate: request.retainExceptOnCreate ?? false,
      },
    });
    const cancellation = new AbortController();
    this.#cancellations.set(stackId, cancellation);
    this.#run(stackId, () =>
      carryOutUpdate(this.#context, stackId, cancellation).finally(() =>
        this.#cancellations.delete(stackId),
      ),
    );
  }

  /** Stops the update under way and rolls it back. @throws TemplateError when there is none. */
  cancelUpdate(stackId: string): void {
    const cancellation = this.#cancellations.get(stackId);
    const { status, update } = this.store.get(stackId);
    if (status !== 'UPDATE_IN_PROGRESS' || !cancellation) {
      throw new TemplateError(
        'CancelUpdateStack cannot be called from current stack status',
      );
    }
    // A cancellation is rolled back in any case.
    this.store.update(stackId, {
      update: { ...update!, disableRollback: false },
    });
    cancellation.abort();
  }

  /**
   * Starts rolling an update back again that failed to roll back, or one that failed and was not
   * rolled back; or a creation of that kind.
   *
   * @param options - `skip`: logical ids that count as restored without being touched.
   */
  rollBack(
    stackId: string,
    options: { skip?: string[]; principalArn?: string } = {},
  ): void {
    const { skip, principalArn } = options;
    const isCreation = this.store.get(stackId).status === 'CREATE_FAILED';
    this.store.setStatus(
      stackId,
      isCreation ? 'ROLLBACK_IN_PROGRESS' : 'UPDATE_ROLLBACK_IN_PROGRESS',
      'User Initiated',
      principalArn ? { principalArn } : {},
    );
    this.#run(stackId, () =>
      isCreation
        ? rollBackCreation(this.#context, stackId)
        : rollBackUpdate(this.#context, stackId, skip),
    );
  }

  /** Starts deleting the stack; one that is being created is deleted once it is at rest. */
  deleteStack(
    stackId: string,
    options: { retain?: string[]; principalArn?: string } = {},
  ): void {
    this.#run(stackId, () => carryOutDeletion(this.#context, stackId, options));
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
    await this.stackSets.idle();
    while (this.#underWay.size > 0) {
      await Promise.all(this.#underWay.values());
    }
  }

  /**
   * Takes up what a stop of the sandbox interrupted: creations and updates are rolled back, all
   * else goes on. To be called once, after the journal was read.
   */
  recover(): void {
    for (const { id } of this.store.all().filter(stack => !isSettled(stack))) {
      this.#run(id, () => recoverStack(this.#context, id));
    }
    this.stackSets.recover();
  }

  /** Stops within moments; what is under way is taken up by {@link StackEngine.recover}. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.idle();
  }

  #newId({
    name,
    accountId,
    region,
  }: Pick<Stack, 'name' | 'accountId' | 'region'>): string {
    if (this.store.find({ accountId, region, nameOrId: name })) {
      throw new AwsError({
        code: 'AlreadyExistsException',
        message: `Stack [${name}] already exists`,
      });
    }
    return `arn:aws:cloudformation:${region}:${accountId}:stack/${name}/${randomUUID()}`;
  }

  #newStack(id: string, request: StackRequest): Stack {
    return {
      tags: {},
      capabilities: [],
      notificationArns: [],
      onFailure: 'ROLLBACK',
      terminationProtection: false,
      ...request,
      id,
      status: 'CREATE_IN_PROGRESS',
      statusReason: 'User Initiated',
      failures: [],
      createdAt: this.#timestamp(),
      outputs: [],
      imports: [],
      resources: {},
    };
  }

  #timestamp(): string {
    return new Date(this.#now()).toISOString();
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
}
