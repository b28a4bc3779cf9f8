export type { AwsConfig } from './aws/AwsClients';
export type { LaunchRole, Product } from './descriptor/Product';
export { readProducts } from './descriptor/readProducts';
export { publishProducts } from './publish/publishProducts';
export type { PublishOptions } from './publish/publishProducts';
export type {
  PortfolioSettings,
  PublishSettings,
} from './settings/PublishSettings';
export { readSettings } from './settings/readSettings';
