import { CatalogStore } from '../CatalogStore';
import { Plan } from '../catalog';
import { tagList } from '../../estate/tagList';

/** A plan as most operations name it. */
export function planSummary(plan: Plan) {
  return {
    PlanName: plan.name,
    PlanId: plan.id,
    ProvisionProductId: plan.provisionedProductId,
    ProvisionedProductName: plan.provisionedProductName,
    ProvisionProductName: plan.provisionedProductName,
    PlanType: 'CLOUDFORMATION',
    ProvisioningArtifactId: plan.artifactId,
  };
}

/** How far a plan, or its execution, has come. */
export function planStatus(store: CatalogStore, plan: Plan): string {
  const record = plan.recordId && store.records.get(plan.recordId);
  if (!record) {
    return plan.status;
  }
  const statuses: Record<string, string> = {
    SUCCEEDED: 'EXECUTE_SUCCESS',
    FAILED: 'EXECUTE_FAILED',
  };
  return statuses[record.status] ?? 'EXECUTE_IN_PROGRESS';
}

export function planDetail(store: CatalogStore, plan: Plan) {
  const record = plan.recordId ? store.records.get(plan.recordId) : undefined;
  return {
    CreatedTime: plan.createdAt,
    PathId: plan.pathId,
    ProductId: plan.productId,
    PlanName: plan.name,
    PlanId: plan.id,
    ProvisionProductId: plan.provisionedProductId,
    ProvisionProductName: plan.provisionedProductName,
    PlanType: 'CLOUDFORMATION',
    ProvisioningArtifactId: plan.artifactId,
    Status: planStatus(store, plan),
    UpdatedTime: plan.updatedAt,
    NotificationArns: plan.notificationArns,
    ProvisioningParameters: Object.entries(plan.parameters).map(
      ([Key, Value]) => ({ Key, Value, UsePreviousValue: false }),
    ),
    Tags: tagList(plan.tags),
    StatusMessage: record?.errors[0]?.description ?? plan.statusMessage,
  };
}

function upper(text: string | undefined): string | undefined {
  return text?.toUpperCase();
}

/** A change of CloudFormation's change set, spelled as Service Catalog does. */
export function resourceChange(change: Record<string, any>) {
  return {
    Action: upper(change.Action),
    LogicalResourceId: change.LogicalResourceId,
    PhysicalResourceId: change.PhysicalResourceId,
    ResourceType: change.ResourceType,
    Replacement: upper(change.Replacement),
    Scope: (change.Scope ?? []).map(upper),
    Details: (change.Details ?? []).map((detail: any) => ({
      Target: detail.Target && {
        Attribute: upper(detail.Target.Attribute),
        Name: detail.Target.Name,
        RequiresRecreation: upper(detail.Target.RequiresRecreation),
      },
      Evaluation: upper(detail.Evaluation),
      CausingEntity: detail.CausingEntity,
    })),
  };
}
