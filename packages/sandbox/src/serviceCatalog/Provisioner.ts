import type { CallOperation } from '../cloudFormation/engine/Caller';
import { Stack } from '../cloudFormation/engine/Stack';
import { StackEngine } from '../cloudFormation/engine/StackEngine';
import { CatalogStore } from './CatalogStore';
import { CatalogRecord, ProvisionedProduct } from './catalog';
import { callerOf, stackName, stackRequest } from './stackRequest';

export interface ProvisionerOptions {
  store: CatalogStore;
  engine: StackEngine;
  call: CallOperation;
  now: () => number;
}

/** How often a record looks at its stack, in milliseconds. */
const LOOK_MILLISECONDS = 100;

/**
 * Carries out the records of provisioning, updating and terminating, in the background of the operation that made
 * them. A record stands for one CloudFormation stack, made as the launch role.
 */
export class Provisioner {
  readonly #underWay = new Set<Promise<void>>();

  constructor(private readonly options: ProvisionerOptions) {}

  /** Begins the work of a record. */
  start(record: CatalogRecord): void {
    const running = this.#carryOut(record)
      .catch(error => this.#failed(record, codeOf(error), messageOf(error)))
      .finally(() => this.#underWay.delete(running));
    this.#underWay.add(running);
  }

  /** Takes up the records that a stop of the sandbox interrupted. */
  recover(): void {
    for (const record of this.options.store.records.values()) {
      if (!['SUCCEEDED', 'FAILED'].includes(record.status)) {
        this.start(record);
      }
    }
  }

  /** Resolves once no record is under way. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) {
      await Promise.all(this.#underWay);
    }
  }

  async #carryOut(record: CatalogRecord): Promise<void> {
    if (record.type === 'TERMINATE_PROVISIONED_PRODUCT') {
      await this.#terminate(record);
      return;
    }
    const { stackId } = this.#provisioned(record);
    if (record.changeSetId && stackId) {
      await this.#executeChangeSet(record, stackId);
    } else if (record.type === 'UPDATE_PROVISIONED_PRODUCT') {
      if (!stackId) {
        throw new Error('There is no stack to update.');
      }
      await this.#follow(record, await this.#updateStack(record, stackId));
    } else {
      await this.#follow(record, stackId ?? (await this.#createStack(record)));
    }
  }

  async #executeChangeSet(
    record: CatalogRecord,
    stackId: string,
  ): Promise<void> {
    const { call } = this.options;
    const changeSet = {
      ChangeSetName: record.changeSetId,
      StackName: stackId,
    };
    const { ExecutionStatus } = await call(
      'cloudformation',
      'DescribeChangeSet',
      changeSet,
      callerOf(record),
    );
    // A stop of the sandbox may have come in between: then it is under way already.
    if (!/^EXECUTE_/.test(ExecutionStatus)) {
      await call(
        'cloudformation',
        'ExecuteChangeSet',
        changeSet,
        callerOf(record),
      );
    }
    await this.#follow(record, stackId);
  }

  #provisioned({ provisionedProductId }: CatalogRecord): ProvisionedProduct {
    return this.options.store.provisionedProducts.get(provisionedProductId)!;
  }

  /** Waits for the stack of a launch or an update, and says what came of it. */
  async #follow(record: CatalogRecord, stackId: string): Promise<void> {
    const { store } = this.options;
    this.#updateRecord(record, { status: 'IN_PROGRESS' });
    const stack = await this.#settled(stackId, () =>
      this.#updateRecord(record, { status: 'IN_PROGRESS_IN_ERROR' }),
    );
    if (!stack) {
      return;
    }
    if (isDone(stack, record)) {
      this.#updateRecord(record, {
        status: 'SUCCEEDED',
        outputs: [
          {
            key: 'CloudformationStackARN',
            value: stackId,
            description: 'The ARN of the launched Cloudformation Stack',
          },
          ...stack.outputs,
        ],
      });
      const product = store.products.get(record.productId);
      const artifact = product?.artifacts.find(
        ({ id }) => id === record.artifactId,
      );
      this.#updateProvisioned(record, {
        status: 'AVAILABLE',
        statusMessage: undefined,
        lastSuccessfulProvisioningRecordId: record.id,
        productId: record.productId,
        artifactId: record.artifactId,
        pathId: record.pathId,
        launchRoleArn: record.launchRoleArn,
        tags: record.tags,
        ...(product && { productName: product.name }),
        ...(artifact && { artifactName: artifact.name }),
      });
      return;
    }
    const verb = record.type === 'PROVISION_PRODUCT' ? 'Create' : 'Update';
    const errors = stack.failures.map(({ logicalId, type, reason }) => ({
      code: `Resource${verb}Failed`,
      description: `${logicalId} (${type}): ${reason}`,
    }));
    this.#updateRecord(record, {
      status: 'FAILED',
      errors:
        errors.length > 0
          ? errors
          : [{ code: `Stack${verb}Failed`, description: reasonOf(stack) }],
    });
    this.#updateProvisioned(record, {
      status: this.#statusAfterFailure(record),
      statusMessage: reasonOf(stack),
    });
  }

  async #createStack(record: CatalogRecord): Promise<string> {
    const { StackId } = await this.options.call(
      'cloudformation',
      'CreateStack',
      {
        StackName: stackName(record),
        ...stackRequest(this.options.store, record),
      },
      callerOf(record),
    );
    this.#updateProvisioned(record, { stackId: StackId });
    return StackId;
  }

  async #updateStack(record: CatalogRecord, stackId: string): Promise<string> {
    try {
      await this.options.call(
        'cloudformation',
        'UpdateStack',
        { StackName: stackId, ...stackRequest(this.options.store, record) },
        callerOf(record),
      );
    } catch (error) {
      // Nothing differs: the stack is as asked for.
      if (!/No updates are to be performed/.test(messageOf(error))) {
        throw error;
      }
    }
    return stackId;
  }

  async #terminate(record: CatalogRecord): Promise<void> {
    const { store, engine, call } = this.options;
    const { stackId } = this.#provisioned(record);
    this.#updateRecord(record, { status: 'IN_PROGRESS' });
    if (stackId && !record.retainResources) {
      await engine.settled(stackId);
      await call(
        'cloudformation',
        'DeleteStack',
        { StackName: stackId },
        callerOf(record),
      );
      const stack = await this.#settled(stackId);
      if (!stack) {
        return;
      }
      if (stack.status !== 'DELETE_COMPLETE' && !record.ignoreErrors) {
        const left = Object.values(stack.resources).filter(
          ({ status }) => status === 'DELETE_FAILED',
        );
        this.#failed(
          record,
          'ResourceDeleteFailed',
          left
            .map(
              ({ logicalId, type, statusReason }) =>
                `${logicalId} (${type}): ${statusReason}`,
            )
            .join('; ') || reasonOf(stack),
        );
        return;
      }
    }
    store.provisionedProducts.delete(record.provisionedProductId);
    for (const plan of store.plans.values()) {
      if (plan.provisionedProductId === record.provisionedProductId) {
        store.plans.delete(plan.id);
      }
    }
    this.#updateRecord(record, { status: 'SUCCEEDED' });
  }

  /**
   * The stack at rest; `undefined` when the sandbox stopped before. `onError` is called when the
   * stack begins to undo its work.
   */
  async #settled(
    stackId: string,
    onError: () => void = () => {},
  ): Promise<Stack | undefined> {
    const { engine } = this.options;
    const rest = engine.settled(stackId);
    let looking = true;
    const look = () => {
      const { failures } = engine.store.get(stackId);
      if (looking && failures.length > 0) {
        looking = false;
        onError();
      }
    };
    const timer = setInterval(look, LOOK_MILLISECONDS);
    try {
      const stack = await rest;
      return stack.status.endsWith('_IN_PROGRESS') ? undefined : stack;
    } finally {
      clearInterval(timer);
    }
  }

  #failed(record: CatalogRecord, code: string, description: string): void {
    this.#updateRecord(record, {
      status: 'FAILED',
      errors: [{ code, description }],
    });
    this.#updateProvisioned(record, {
      status: this.#statusAfterFailure(record),
      statusMessage: description,
    });
  }

  /**
   * `TAINTED` while the stack runs, but not as was asked for; else `ERROR`.
   * {@link https://docs.aws.amazon.com/servicecatalog/latest/dg/API_ProvisionedProductDetail.html}
   */
  #statusAfterFailure(record: CatalogRecord): 'TAINTED' | 'ERROR' {
    const { stackId } = this.#provisioned(record);
    const status = stackId && this.options.engine.store.get(stackId).status;
    return record.type !== 'PROVISION_PRODUCT' && status && isRunning(status)
      ? 'TAINTED'
      : 'ERROR';
  }

  #updateRecord({ id }: CatalogRecord, change: Partial<CatalogRecord>): void {
    const updatedAt = new Date(this.options.now()).toISOString();
    this.options.store.records.update(id, record => ({
      ...record,
      ...change,
      updatedAt,
    }));
  }

  #updateProvisioned(
    { provisionedProductId }: CatalogRecord,
    change: Partial<ProvisionedProduct>,
  ): void {
    const { provisionedProducts } = this.options.store;
    if (provisionedProducts.has(provisionedProductId)) {
      provisionedProducts.update(provisionedProductId, provisioned => ({
        ...provisioned,
        ...change,
      }));
    }
  }
}

/** Whether the stack is as the record asked for. */
function isDone({ status }: Stack, { type }: CatalogRecord): boolean {
  return type === 'PROVISION_PRODUCT'
    ? status === 'CREATE_COMPLETE'
    : /^(CREATE|UPDATE)_COMPLETE$/.test(status);
}

/** Whether a stack at rest has resources that work. */
function isRunning(status: string): boolean {
  return /^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$|^DELETE_FAILED$/.test(
    status,
  );
}

function reasonOf(stack: Stack): string {
  return (
    stack.failures
      .map(({ logicalId, reason }) => `${logicalId}: ${reason}`)
      .join('; ') ||
    stack.failureReason ||
    stack.statusReason ||
    `The stack is in the state ${stack.status}`
  );
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown })?.code ?? 'InternalFailure');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
