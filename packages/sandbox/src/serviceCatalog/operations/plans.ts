import type {
  OperationContext,
  ServiceOperations,
} from '../../operations/OperationHandler';
import { CatalogStore } from '../CatalogStore';
import { Planner } from '../Planner';
import { Provisioner } from '../Provisioner';
import { Plan } from '../catalog';
import { newId } from '../catalogIds';
import { callerOf } from '../stackRequest';
import { findOwn, madeWith, pageOf } from './admin/owned';
import { recordDetail } from './describe';
import {
  planDetail,
  planStatus,
  planSummary,
  resourceChange,
} from './describePlan';
import { inUse, invalidParameters } from './errors';
import { prepareLaunch } from './prepareLaunch';
import { checkName, newProvisionedProduct } from './provisionProduct';
import { checkAtRest, launchRecord } from './records';

/**
 * The operations on provisioned product plans: what provisioning or updating would change, before it
 * does.
 * {@link https://docs.aws.amazon.com/servicecatalog/latest/dg/API_CreateProvisionedProductPlan.html}
 */
export function planOperations(options: {
  store: CatalogStore;
  planner: Planner;
  provisioner: Provisioner;
}): ServiceOperations {
  const { store, planner, provisioner } = options;
  const { plans, provisionedProducts } = store;

  function find(id: string, context: OperationContext): Plan {
    return findOwn(plans, id, context, 'Plan');
  }

  return {
    CreateProvisionedProductPlan(input, context) {
      const { IdempotencyToken: token, ProvisionedProductName: name } = input;
      const same = madeWith(plans, token, context);
      if (same) {
        return planSummary(same);
      }
      if (input.PlanType !== 'CLOUDFORMATION') {
        throw invalidParameters('PlanType is CLOUDFORMATION');
      }
      const existing = store.provisionedProduct(context, { name });
      if (existing) {
        checkAtRest(existing);
      }
      // A second plan for a product that only has a plan so far begins anew.
      const isNew = !existing || existing.status === 'PLAN_IN_PROGRESS';
      const launch = prepareLaunch({
        store,
        input,
        context,
        provisioned: isNew ? undefined : existing,
      });
      if (!existing) {
        checkName(store, name, context);
      }
      const planned =
        existing ?? newProvisionedProduct({ name, token, launch, context });
      if (!existing) {
        provisionedProducts.put(planned.id, {
          ...planned,
          status: 'PLAN_IN_PROGRESS',
        });
      }
      const time = new Date(context.now()).toISOString();
      const id = newId('plan');
      const plan = plans.put(id, {
        id,
        name: input.PlanName,
        accountId: context.accountId,
        region: context.region,
        status: 'CREATE_IN_PROGRESS',
        isNew,
        provisionedProductId: planned.id,
        provisionedProductName: planned.name,
        productId: launch.productId,
        artifactId: launch.artifactId,
        pathId: launch.pathId,
        launchRoleArn: launch.launchRoleArn,
        tags: launch.tags,
        parameters: launch.parameters,
        principalArn: context.principalArn,
        notificationArns: input.NotificationArns ?? [],
        changes: [],
        token,
        createdAt: time,
        updatedAt: time,
      });
      planner.start(plan);
      return planSummary(plan);
    },

    DescribeProvisionedProductPlan(input, context) {
      const plan = find(input.PlanId, context);
      const { page, NextPageToken } = pageOf(plan.changes, input);
      return {
        ProvisionedProductPlanDetails: planDetail(store, plan),
        ResourceChanges: page.map(resourceChange),
        NextPageToken,
      };
    },

    ListProvisionedProductPlans(input, context) {
      const { accountId, region } = context;
      const { ProvisionProductId: wanted } = input;
      const { page, NextPageToken } = pageOf(
        plans.filter(
          plan =>
            plan.accountId === accountId &&
            plan.region === region &&
            (!wanted || plan.provisionedProductId === wanted),
        ),
        input,
      );
      return {
        ProvisionedProductPlans: page.map(planSummary),
        NextPageToken,
      };
    },

    ExecuteProvisionedProductPlan({ PlanId, IdempotencyToken }, context) {
      const plan = find(PlanId, context);
      const done = plan.recordId && store.records.get(plan.recordId);
      if (done && done.token === IdempotencyToken) {
        return { RecordDetail: recordDetail(done) };
      }
      if (done || plan.status !== 'CREATE_SUCCESS') {
        throw invalidParameters(
          `Plan ${plan.id} is ${planStatus(
            store,
            plan,
          )} and can't be executed.`,
        );
      }
      const provisioned = provisionedProducts.get(plan.provisionedProductId)!;
      checkAtRest(provisioned);
      const record = {
        ...launchRecord({
          type: plan.isNew ? 'PROVISION_PRODUCT' : 'UPDATE_PROVISIONED_PRODUCT',
          token: IdempotencyToken,
          launch: plan,
          provisioned,
          context,
        }),
        principalArn: plan.principalArn,
        changeSetId: plan.changeSetId,
      };
      store.records.put(record.id, record);
      plans.put(plan.id, {
        ...plan,
        recordId: record.id,
        updatedAt: record.createdAt,
      });
      provisionedProducts.put(provisioned.id, {
        ...provisioned,
        status: 'UNDER_CHANGE',
        lastRecordId: record.id,
        lastProvisioningRecordId: record.id,
      });
      provisioner.start(record);
      return { RecordDetail: recordDetail(record) };
    },

    async DeleteProvisionedProductPlan({ PlanId, IgnoreErrors }, context) {
      const plan = find(PlanId, context);
      if (/_IN_PROGRESS$/.test(planStatus(store, plan))) {
        throw inUse(`Plan ${plan.id} is ${planStatus(store, plan)}.`);
      }
      const provisioned = provisionedProducts.get(plan.provisionedProductId);
      const isAlone =
        provisioned?.status === 'PLAN_IN_PROGRESS' &&
        !plans.find(
          other =>
            other.id !== plan.id &&
            other.provisionedProductId === provisioned.id,
        );
      // A plan that CloudFormation refused has neither.
      const left = isAlone ? provisioned.stackId : plan.changeSetId;
      try {
        if (left) {
          await context.call(
            'cloudformation',
            isAlone ? 'DeleteStack' : 'DeleteChangeSet',
            isAlone
              ? { StackName: left }
              : { ChangeSetName: left, StackName: provisioned?.stackId },
            callerOf(plan),
          );
        }
      } catch (error) {
        if (!IgnoreErrors) {
          throw error;
        }
      }
      plans.delete(plan.id);
      if (isAlone) {
        provisionedProducts.delete(provisioned.id);
      }
      return {};
    },
  };
}
