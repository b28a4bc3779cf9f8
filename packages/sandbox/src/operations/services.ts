import type { LogStore } from '../logs/LogStore';
import type { ObjectStore } from '../objects/ObjectStore';
import { cloudTrailOperations } from './cloudtrail/cloudTrailOperations';
import { ec2Operations } from './ec2/ec2Operations';
import { iamOperations } from './iam/iamOperations';
import { logOperations } from './logs/logOperations';
import type { ServiceOperations } from './OperationHandler';
import { organizationsOperations } from './organizations/organizationsOperations';
import { ramOperations } from './ram/ramOperations';
import { s3Operations } from './s3/s3Operations';
import { stsOperations } from './sts/stsOperations';
import { latticeOperations } from './vpc-lattice';

/** The operations that work on the estate alone, by signing name of their service. */
export function baseServices(options: {
  logs: LogStore;
  objects: ObjectStore;
}): Record<string, ServiceOperations> {
  return {
    'vpc-lattice': latticeOperations,
    sts: stsOperations,
    ram: ramOperations,
    logs: logOperations(options),
    ec2: ec2Operations,
    organizations: organizationsOperations,
    iam: iamOperations,
    cloudtrail: cloudTrailOperations,
    s3: s3Operations(options),
  };
}
