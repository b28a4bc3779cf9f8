import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { LatticeApi } from '@lattice-portal/plugin-lattice-common';
import type { SourceRepositories } from '../git/GitRepositories';
import type { ProductProvisioner } from '../serviceCatalog/ProductProvisioner';
import type { ProvisioningClients } from '../serviceCatalog/ProvisioningClients';
import type { RetireStep } from './RetireStep';

/** What a retirement works with, whatever it is that is retired. */
export interface Retirement {
  clients: ProvisioningClients;
  provisioner: ProductProvisioner;
  catalog: CatalogService;
  credentials: BackstageCredentials;
  lattice: Pick<
    LatticeApi,
    'getMap' | 'listAccessRequests' | 'actOnAccessRequest'
  >;
  /** Absent: repositories are left alone. */
  repositories?: SourceRepositories;
  /** The same whenever this step of this run is done again. */
  token: string;
  /** Whether the product may be somebody else's than what is retired. */
  anyOwner: boolean;
  onlyShow: boolean;
  onStep: (step: RetireStep) => void;
  log: (line: string) => void;
}
