import type { AwsAccess } from '@lattice-portal/plugin-lattice-node';
import type { RunningUser } from '../serviceCatalog/checkMayProvision';

/**
 * What the actions around Service Catalog work with.
 *
 * @public
 */
export interface ProvisioningOptions {
  aws: AwsAccess;
  /** Seconds between two looks at a running record. */
  pollIntervalSeconds: number;
  /**
   * @throws NotAllowedError when the user may not build in the account
   */
  checkMayProvision: (options: {
    user: RunningUser | undefined;
    accountId: string;
  }) => void;
}
