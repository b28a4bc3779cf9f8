import {
  CreateProvisionedProductPlanCommand,
  DeleteProvisionedProductPlanCommand,
  DescribeProvisionedProductPlanCommand,
  type ResourceChange,
  type ServiceCatalogClient,
} from '@aws-sdk/client-service-catalog';
import { InputError, toError } from '@backstage/errors';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OfferedVersion } from './ProductOffer';
import type { PlannedChange } from './ProductPlan';
import { type ProductOrigin, tagsOf } from './productTags';

/** What a product would change; `planId` is there while AWS keeps the plan. */
export type PlannedProduct =
  | { status: 'planned'; planId: string; changes: PlannedChange[] }
  | { status: 'unchanged' }
  /** AWS would not plan. It may still launch. */
  | { status: 'unknown'; reason: string };

/** What AWS answers to a change set without changes: https://repost.aws/knowledge-center/cloudformation-no-changes */
const NO_CHANGES = /didn't contain changes|no updates are to be performed/i;

/** Where planning is not allowed or not possible, as with stack sets. */
const NO_PLANS = [
  'AccessDeniedException',
  'AccessDenied',
  'OperationNotSupportedException',
  'UnknownOperationException',
];

/**
 * Lets Service Catalog compute which resources a launch would add, change or remove. Nothing is made.
 *
 * @throws InputError when AWS finds that it can't work
 */
export async function planProduct(options: {
  serviceCatalog: ServiceCatalogClient;
  pollIntervalSeconds: number;
  offer: OfferedVersion;
  provisionedProductName: string;
  values: Record<string, string>;
  /** Absent for a change of a product that is there: its tags stay. */
  origin?: ProductOrigin;
  token: string;
}): Promise<PlannedProduct> {
  const { serviceCatalog, offer, values, provisionedProductName } = options;
  let planId = '';
  try {
    const plan = await serviceCatalog.send(
      new CreateProvisionedProductPlanCommand({
        PlanName: `${provisionedProductName}-${options.token.slice(0, 8)}`,
        PlanType: 'CLOUDFORMATION',
        ProductId: offer.productId,
        ProvisioningArtifactId: offer.artifactId,
        PathId: offer.pathId,
        ProvisionedProductName: provisionedProductName,
        ProvisioningParameters: Object.entries(values).map(([Key, Value]) => ({
          Key,
          Value,
        })),
        Tags: options.origin && tagsOf(options.origin),
        IdempotencyToken: options.token,
      }),
    );
    planId = plan.PlanId ?? '';
  } catch (error) {
    const { name, message } = toError(error);
    if (NO_PLANS.includes(name)) {
      return { status: 'unknown', reason: `${name}: ${message}` };
    }
    throw name === 'InvalidParametersException'
      ? new InputError(`Service Catalog refused: ${message}`, error)
      : error;
  }
  const { status, message, changes } = await followPlan({ ...options, planId });
  // One that is executed is this run's own from before it was restarted: the token is the run's.
  if (status === 'CREATE_SUCCESS' || status.startsWith('EXECUTE_')) {
    return { status: 'planned', planId, changes };
  }
  await deletePlan({ serviceCatalog, planId });
  if (NO_CHANGES.test(message ?? '')) {
    return { status: 'unchanged' };
  }
  throw new InputError(
    `AWS can't plan ${provisionedProductName}: ${message ?? status}`,
  );
}

/** Removes a plan that won't be executed. One that isn't there any more is no error. */
export async function deletePlan(options: {
  serviceCatalog: ServiceCatalogClient;
  planId: string;
}): Promise<void> {
  try {
    await options.serviceCatalog.send(
      new DeleteProvisionedProductPlanCommand({ PlanId: options.planId }),
    );
  } catch (error) {
    if (toError(error).name !== 'ResourceNotFoundException') {
      throw error;
    }
  }
}

async function followPlan(options: {
  serviceCatalog: ServiceCatalogClient;
  pollIntervalSeconds: number;
  planId: string;
}): Promise<{ status: string; message?: string; changes: PlannedChange[] }> {
  const { serviceCatalog, planId } = options;
  for (;;) {
    const changes: PlannedChange[] = [];
    let pageToken: string | undefined;
    let plan;
    do {
      const page = await serviceCatalog.send(
        new DescribeProvisionedProductPlanCommand({
          PlanId: planId,
          PageToken: pageToken,
        }),
      );
      plan = page.ProvisionedProductPlanDetails;
      changes.push(...(page.ResourceChanges ?? []).map(toPlannedChange));
      pageToken = page.NextPageToken;
    } while (pageToken);
    const status = plan?.Status ?? 'unknown';
    if (status !== 'CREATE_IN_PROGRESS') {
      return { status, message: plan?.StatusMessage, changes };
    }
    await sleep(options.pollIntervalSeconds * 1000);
  }
}

function toPlannedChange(change: ResourceChange): PlannedChange {
  const properties = (change.Details ?? []).flatMap(
    ({ Target }) => Target?.Name ?? Target?.Attribute ?? [],
  );
  return {
    action: change.Action ?? 'unknown',
    logicalId: change.LogicalResourceId ?? '',
    resourceType: change.ResourceType ?? '',
    ...(change.Replacement && { replacement: change.Replacement }),
    properties: [...new Set(properties.map(String))].sort(),
  };
}
