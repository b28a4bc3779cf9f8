import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { LatticeBackendOptions } from '../../accessRequests/latticeClientFor';
import type { SourceRepositories } from '../../git/GitRepositories';
import type { RunningUser } from '../../serviceCatalog/checkMayProvision';
import type { ProvisioningOptions } from '../ProvisioningOptions';

/**
 * What the actions that retire something work with.
 *
 * @public
 */
export interface RetireOptions
  extends ProvisioningOptions,
    LatticeBackendOptions {
  catalog: CatalogService;
  /** Absent: repositories are left alone. */
  repositories?: SourceRepositories;
  /** Whether a user is of an owner's group, or of one that may act for everybody. */
  mayActFor: (user: RunningUser | undefined, owner: string) => boolean;
  /** Whether a user may act for everybody. */
  mayActForAll: (user: RunningUser | undefined) => boolean;
}
