import type { ObjectStore } from '../../objects/ObjectStore';
import type { ServiceOperations } from '../OperationHandler';
import { bucketOperations } from './buckets';
import { objectOperations } from './objects';

/** Operations of Amazon S3: enough to deliver access logs to and read them back. */
export function s3Operations(options: {
  objects: ObjectStore;
}): ServiceOperations {
  return { ...bucketOperations(options), ...objectOperations(options) };
}
