import type { ServiceOperations } from '../operations/OperationHandler';
import type { ServiceCatalog } from './ServiceCatalog';
import { provisionProduct } from './operations/provisionProduct';
import { readProducts } from './operations/readProducts';
import { readProvisionedProducts } from './operations/readProvisionedProducts';
import { terminateProvisionedProduct } from './operations/terminateProvisionedProduct';

/**
 * The operations of AWS Service Catalog (signing name `servicecatalog`).
 *
 * @public
 */
export function serviceCatalogOperations(options: {
  catalog: ServiceCatalog;
}): ServiceOperations {
  const { store, provisioner } = options.catalog;
  return {
    ...readProducts(store),
    ...readProvisionedProducts(store),
    ProvisionProduct: provisionProduct(store, provisioner),
    TerminateProvisionedProduct: terminateProvisionedProduct(
      store,
      provisioner,
    ),
  };
}
