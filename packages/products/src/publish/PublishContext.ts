import type { AwsClients } from '../aws/AwsClients';
import { PublishSettings } from '../settings/PublishSettings';
import { Changes } from './Changes';

/** What all steps of a publication share. */
export interface PublishContext {
  clients: AwsClients;
  settings: PublishSettings;
  changes: Changes;
  /** Whether a changed template of the same version gets a version named by its content. */
  snapshot: boolean;
}
