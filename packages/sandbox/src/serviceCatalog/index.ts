export type {
  CatalogRecord,
  Portfolio,
  Product,
  ProvisionedProduct,
} from './catalog';
export { ServiceCatalog } from './ServiceCatalog';
export type { ServiceCatalogOptions } from './ServiceCatalog';
export { serviceCatalogOperations } from './serviceCatalogOperations';
export { startProvisioning } from './startProvisioning';
export type { ProvisioningOptions } from './startProvisioning';
