export type {
  CatalogRecord,
  Portfolio,
  Product,
  ProvisionedProduct,
} from './catalog';
export { publishProduct } from './publishProduct';
export type { PublishProductOptions } from './publishProduct';
export { ServiceCatalog } from './ServiceCatalog';
export type { ServiceCatalogOptions } from './ServiceCatalog';
export { serviceCatalogOperations } from './serviceCatalogOperations';
export { startProvisioning } from './startProvisioning';
export type { ProvisioningOptions } from './startProvisioning';
