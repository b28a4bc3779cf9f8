import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { latticeClientFor } from '../../accessRequests/latticeClientFor';
import type { Retirement } from '../../retire/Retirement';
import type { RunningUser } from '../../serviceCatalog/checkMayProvision';
import { idempotencyToken } from '../../serviceCatalog/idempotencyToken';
import { ProductProvisioner } from '../../serviceCatalog/ProductProvisioner';
import {
  provisioningClients,
  type ProvisioningPlace,
} from '../../serviceCatalog/ProvisioningClients';
import type { RetireOptions } from './RetireOptions';
import { stepRecorder } from './retireOutput';

/** What an action of the scaffolder knows of its run, as far as a retirement needs it. */
export interface RetireContext {
  logger: { info(line: string): void };
  output: Parameters<typeof stepRecorder>[0]['output'];
  task: { id: string };
  step?: { id?: string };
  user?: RunningUser;
  isDryRun?: boolean;
  getInitiatorCredentials(): Promise<BackstageCredentials>;
}

/**
 * Only who owns something may retire it, or who may act for everybody.
 *
 * @throws NotAllowedError for everybody else
 */
export function checkMayRetire(options: {
  wiring: RetireOptions;
  user: RunningUser | undefined;
  entityRef: string;
  owner: string;
}): void {
  const { user, entityRef, owner } = options;
  if (!options.wiring.mayActFor(user, owner)) {
    throw new NotAllowedError(
      `Only members of ${owner} or of a platform group can retire ${entityRef}`,
    );
  }
}

/**
 * Gets together what a retirement works with, for the user who runs it.
 *
 * @throws NotAllowedError when the user may not build in the account
 */
export async function startRetirement(options: {
  wiring: RetireOptions;
  ctx: RetireContext;
  /** Account and Region of what goes. */
  place: ProvisioningPlace;
  /** What goes, in words that tell one run's step from another: they make its token. */
  about: string[];
  /** Default: false. */
  onlyShow?: boolean;
}): Promise<Retirement> {
  const { ctx, about, onlyShow = false } = options;
  const { aws, catalog, repositories, pollIntervalSeconds } = options.wiring;
  const { accountId, region } = options.place;
  const place = { accountId, region };
  options.wiring.checkMayProvision({ user: ctx.user, accountId });
  const log = (line: string) => ctx.logger.info(line);
  const clients = provisioningClients({ aws, ...place });
  const credentials = await ctx.getInitiatorCredentials();
  return {
    clients,
    catalog,
    credentials,
    repositories,
    log,
    lattice: latticeClientFor({ ...options.wiring, credentials }),
    provisioner: ProductProvisioner.create({
      clients,
      place,
      pollIntervalSeconds,
      log,
    }),
    token: idempotencyToken(ctx.task.id, ctx.step?.id ?? '', ...about),
    anyOwner: options.wiring.mayActForAll(ctx.user),
    onlyShow: onlyShow || ctx.isDryRun === true,
    onStep: stepRecorder({ log, output: ctx.output }),
  };
}
