import type { ServiceOperations } from '../operations/OperationHandler';
import type { ServiceCatalog } from './ServiceCatalog';
import { artifactOperations } from './operations/admin/artifacts';
import { constraintOperations } from './operations/admin/constraints';
import { portfolioOperations } from './operations/admin/portfolios';
import { principalOperations } from './operations/admin/principals';
import { productOperations } from './operations/admin/products';
import { shareOperations } from './operations/admin/shares';
import { tagOptionOperations } from './operations/admin/tagOptions';
import { planOperations } from './operations/plans';
import { provisionProduct } from './operations/provisionProduct';
import { readProducts } from './operations/readProducts';
import { readProvisionedProducts } from './operations/readProvisionedProducts';
import { terminateProvisionedProduct } from './operations/terminateProvisionedProduct';
import { updateProvisionedProduct } from './operations/updateProvisionedProduct';

/**
 * The operations of AWS Service Catalog (signing name `servicecatalog`).
 *
 * @public
 */
export function serviceCatalogOperations(options: {
  catalog: ServiceCatalog;
}): ServiceOperations {
  const { store, provisioner, planner } = options.catalog;
  return {
    ...portfolioOperations(store),
    ...productOperations(store),
    ...artifactOperations(store),
    ...constraintOperations(store),
    ...principalOperations(store),
    ...tagOptionOperations(store),
    ...shareOperations(store),
    ...readProducts(store),
    ...readProvisionedProducts(store),
    ...planOperations({ store, planner, provisioner }),
    ProvisionProduct: provisionProduct(store, provisioner),
    UpdateProvisionedProduct: updateProvisionedProduct(store, provisioner),
    TerminateProvisionedProduct: terminateProvisionedProduct(
      store,
      provisioner,
    ),
  };
}
