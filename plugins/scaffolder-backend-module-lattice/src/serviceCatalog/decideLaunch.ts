import type { OfferedVersion } from './ProductOffer';
import type { LaunchedProduct, ProductProvisioner } from './ProductProvisioner';
import { describePlannedChange } from './ProductPlan';
import { idempotencyToken } from './idempotencyToken';
import { deletePlan, type PlannedProduct, planProduct } from './planProduct';
import { prepareLaunch } from './prepareLaunch';
import type { ProductOrigin } from './productTags';
import type { ProvisioningClients } from './ProvisioningClients';
import { findProvisionedProduct } from './findProvisionedProduct';
import { checkReplacement } from '../policies/checkReplacement';
import type { PolicyPlan } from '../policies/planPolicy';

/** What will be done, kept across restarts: what was planned is what is done. */
export type LaunchDecision = {
  kind: 'create' | 'update';
  offer: OfferedVersion;
  values: Record<string, string>;
  origin: ProductOrigin;
  plan: PlannedProduct;
  /** Of the product that is changed. */
  provisionedProductId?: string;
  /** Outputs of that product as it is. */
  outputs: Record<string, string>;
  /** What becomes of its auth policy. */
  policy?: PolicyPlan;
  /**
   * What the stack has to be changed to before anything else, so that it knows the policy that stands in AWS. Nothing is
   * planned yet: decide again after that.
   */
  first?: { offer: OfferedVersion; values: Record<string, string> };
  /** Set where this run launched it before it was restarted. */
  launched?: LaunchedProduct;
};

/** Tokens of one launch, all made from one. */
export function launchTokens(token: string): { plan: string; launch: string } {
  return { plan: idempotencyToken(token, 'plan'), launch: token };
}

/**
 * Checks a launch, and has AWS plan it. Tells the plan in the log.
 *
 * @throws as {@link prepareLaunch} and {@link planProduct}
 */
export async function decideLaunch(
  options: Omit<
    Parameters<typeof prepareLaunch>[0],
    'isOwnToken' | 'serviceCatalog' | 'cloudFormation' | 'place'
  > & {
    isDryRun: boolean;
    clients: ProvisioningClients;
    provisioner: ProductProvisioner;
    pollIntervalSeconds: number;
    token: string;
    log: (line: string) => void;
  },
): Promise<LaunchDecision> {
  const { clients, provisioner, provisionedProductName, log } = options;
  const { serviceCatalog } = clients;
  const tokens = launchTokens(options.token);
  const prepared = await prepareLaunch({
    ...options,
    ...clients,
    place: provisioner.place,
    isOwnToken: token => Object.values(tokens).includes(token),
  });
  const { existing, values, origin } = prepared;
  const { parameters: _, ...offer } = prepared.offer;
  const isPlanOnly = existing?.status === 'PLAN_IN_PROGRESS';
  const decision = { offer, values, origin, outputs: existing?.outputs ?? {} };
  if (existing?.lastRecordId && prepared.isOwnLaunch && !isPlanOnly) {
    return {
      ...decision,
      kind: 'create',
      plan: { status: 'unknown', reason: 'the run was restarted' },
      launched: {
        recordId: existing.lastRecordId,
        provisionedProductId: existing.id,
      },
    };
  }
  for (const unchecked of prepared.unchecked) {
    log(`Not checked: ${unchecked}`);
  }
  const kind = existing && !isPlanOnly ? 'update' : 'create';
  const { policy } = prepared;
  if (policy?.kept.length) {
    log(
      `The auth policy of ${
        policy.resourceArn
      } keeps what was added to it since: ${policy.kept.join(', ')}`,
    );
  }
  if (policy?.standingValues && existing && !options.isDryRun) {
    return {
      ...decision,
      kind: 'update',
      policy,
      first: {
        offer: { ...offer, artifactId: existing.artifactId },
        values: policy.standingValues,
      },
      plan: { status: 'unknown', reason: 'it is not planned yet' },
      provisionedProductId: existing.id,
    };
  }
  const plan = await planProduct({
    ...options,
    serviceCatalog,
    provisionedProductName,
    offer,
    values,
    origin: kind === 'create' ? origin : undefined,
    token: tokens.plan,
  });
  tellPlan(plan, log);
  const planned: LaunchDecision = {
    ...decision,
    kind,
    plan,
    ...(kind === 'update' && { policy }),
    ...(kind === 'update' && { provisionedProductId: existing?.id }),
  };
  try {
    checkReplacement({ plan, policy: planned.policy });
  } catch (error) {
    await discardDecision({ ...options, decision: planned });
    throw error;
  }
  return planned;
}

/** Starts what was decided. Asking again with the same token gives the same record. */
export async function startLaunch(options: {
  decision: LaunchDecision;
  provisioner: ProductProvisioner;
  provisionedProductName: string;
  token: string;
}): Promise<LaunchedProduct> {
  const { decision, provisioner, provisionedProductName, token } = options;
  const { offer, values, origin, plan, provisionedProductId } = decision;
  if (decision.launched) {
    return decision.launched;
  }
  const order = { offer, values, provisionedProductName, token };
  if (plan.status === 'planned') {
    return provisioner.executePlan({ ...order, planId: plan.planId });
  }
  return provisionedProductId
    ? provisioner.update({ ...order, provisionedProductId })
    : provisioner.launch({ ...order, origin });
}

/** Takes back a decision that won't be carried out, so that AWS keeps no trace of it. */
export async function discardDecision(options: {
  decision: LaunchDecision;
  clients: ProvisioningClients;
  provisioner: ProductProvisioner;
  provisionedProductName: string;
  token: string;
}): Promise<void> {
  const { decision, clients, provisioner, provisionedProductName } = options;
  const { serviceCatalog } = clients;
  if (decision.plan.status !== 'planned') {
    return;
  }
  await deletePlan({ serviceCatalog, planId: decision.plan.planId });
  if (decision.kind === 'create') {
    // A plan of something new may leave an empty provisioned product, which would keep the name.
    const left = await findProvisionedProduct({
      serviceCatalog,
      product: { name: provisionedProductName },
    });
    if (left?.status === 'PLAN_IN_PROGRESS') {
      const token = idempotencyToken(options.token, 'discard');
      await provisioner.remove({ product: { id: left.id }, token });
    }
  }
}

function tellPlan(plan: PlannedProduct, log: (line: string) => void): void {
  switch (plan.status) {
    case 'planned':
      log(`Plan, ${plan.changes.length} changes:`);
      for (const change of plan.changes) {
        log(`  ${describePlannedChange(change)}`);
      }
      break;
    case 'unchanged':
      log('Plan: nothing changes');
      break;
    default:
      log(`AWS gives no plan, so what changes is unknown: ${plan.reason}`);
  }
}
