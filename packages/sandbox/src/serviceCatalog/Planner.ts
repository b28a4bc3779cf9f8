import type { CallOperation } from '../cloudFormation/engine/Caller';
import { CatalogStore } from './CatalogStore';
import { Plan } from './catalog';
import { callerOf, stackDefinition, stackName } from './stackRequest';

export interface PlannerOptions {
  store: CatalogStore;
  call: CallOperation;
  now: () => number;
}

/**
 * Finds out, in the background of the operation that made them, what plans would change: by a
 * CloudFormation change set, made as the launch role.
 */
export class Planner {
  readonly #underWay = new Set<Promise<void>>();

  constructor(private readonly options: PlannerOptions) {}

  /** Begins the work of a plan. */
  start(plan: Plan): void {
    const running = this.#create(plan)
      .catch(error =>
        this.#update(plan, {
          status: 'CREATE_FAILED',
          statusMessage: error instanceof Error ? error.message : String(error),
        }),
      )
      .finally(() => this.#underWay.delete(running));
    this.#underWay.add(running);
  }

  /** Takes up the plans that a stop of the sandbox interrupted. */
  recover(): void {
    for (const plan of this.options.store.plans.values()) {
      if (plan.status === 'CREATE_IN_PROGRESS') {
        this.start(plan);
      }
    }
  }

  /** Resolves once no plan is under way. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) {
      await Promise.all(this.#underWay);
    }
  }

  async #create(plan: Plan): Promise<void> {
    const { store, call } = this.options;
    const as = callerOf(plan);
    const { stackId } = store.provisionedProducts.get(
      plan.provisionedProductId,
    )!;
    const { Id, StackId } = await call(
      'cloudformation',
      'CreateChangeSet',
      {
        StackName: stackId ?? stackName(plan),
        ChangeSetName: plan.id,
        ChangeSetType: plan.isNew ? 'CREATE' : 'UPDATE',
        ...stackDefinition(store, plan),
        NotificationARNs: plan.notificationArns,
        // After a restart the same token finds the change set that was already made.
        ClientToken: plan.id,
      },
      as,
    );
    store.provisionedProducts.update(
      plan.provisionedProductId,
      provisioned => ({
        ...provisioned,
        stackId: StackId,
      }),
    );
    const changes: Record<string, any>[] = [];
    let page;
    do {
      page = await call(
        'cloudformation',
        'DescribeChangeSet',
        {
          ChangeSetName: Id,
          StackName: StackId,
          NextToken: page?.NextToken,
        },
        as,
      );
      changes.push(
        ...page.Changes.map(({ ResourceChange }: any) => ResourceChange),
      );
    } while (page.NextToken);
    this.#update(plan, {
      changeSetId: Id,
      changes,
      status:
        page.Status === 'CREATE_COMPLETE' ? 'CREATE_SUCCESS' : 'CREATE_FAILED',
      statusMessage: page.StatusReason,
    });
  }

  #update({ id }: Plan, change: Partial<Plan>): void {
    const { plans } = this.options.store;
    if (plans.has(id)) {
      const updatedAt = new Date(this.options.now()).toISOString();
      plans.update(id, plan => ({ ...plan, ...change, updatedAt }));
    }
  }
}
