import type { QueryRunner } from '../athena/QueryRunner';
import type { LogStore } from '../logs/LogStore';
import type { ObjectStore } from '../objects/ObjectStore';
import { acmOperations } from './acm/acmOperations';
import { athenaOperations } from './athena/athenaOperations';
import { scalableTargetOperations } from './application-autoscaling/scalableTargets';
import { cloudTrailOperations } from './cloudtrail/cloudTrailOperations';
import { ec2Operations } from './ec2/ec2Operations';
import { ecsOperations } from './ecs/ecsOperations';
import { eksOperations } from './eks/eksOperations';
import { loadBalancingOperations } from './elasticloadbalancing/loadBalancingOperations';
import { firehoseOperations } from './firehose/firehoseOperations';
import { iamOperations } from './iam/iamOperations';
import { keptOperations } from './kept';
import { lambdaOperations } from './lambda';
import { logOperations } from './logs/logOperations';
import type { ServiceOperations } from './OperationHandler';
import { organizationsOperations } from './organizations/organizationsOperations';
import { ramOperations } from './ram/ramOperations';
import { route53Operations } from './route53/route53Operations';
import { s3Operations } from './s3/s3Operations';
import { serviceQuotasOperations } from './servicequotas/serviceQuotasOperations';
import { parameterOperations } from './ssm/parameters';
import { stsOperations } from './sts/stsOperations';
import { latticeOperations } from './vpc-lattice';

/** The operations on the estate that are on the wire, by signing name of their service. */
export function baseServices(options: {
  logs: LogStore;
  objects: ObjectStore;
  queries: QueryRunner;
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
    acm: acmOperations,
    athena: athenaOperations({ runner: options.queries }),
    ecs: ecsOperations,
    eks: eksOperations,
    firehose: firehoseOperations,
    elasticloadbalancing: loadBalancingOperations,
    route53: route53Operations,
    servicequotas: serviceQuotasOperations,
  };
}

/** All operations on the estate, with those that only templates use. */
export function allServices(options: {
  logs: LogStore;
  objects: ObjectStore;
  queries: QueryRunner;
}): Record<string, ServiceOperations> {
  const services = baseServices(options);
  const templateOnly = [
    ...Object.entries(keptOperations()),
    ['application-autoscaling', scalableTargetOperations],
    ['lambda', lambdaOperations],
    ['ssm', parameterOperations],
  ] as [string, ServiceOperations][];
  for (const [service, operations] of templateOnly) {
    services[service] = { ...services[service], ...operations };
  }
  return services;
}
