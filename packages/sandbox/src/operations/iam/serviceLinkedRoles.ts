import { randomBytes } from 'node:crypto';
import { AwsError } from '../AwsError';
import type { ServiceOperations } from '../OperationHandler';
import { findRole } from './common';
import { describeRole } from './roles';

/** Names that AWS's services give their roles, where they are not made from the service's name. */
const NAMES: Record<string, string> = {
  'delivery.logs.amazonaws.com': 'LogDelivery',
  'ecs.amazonaws.com': 'ECS',
  'ecs.application-autoscaling.amazonaws.com':
    'ApplicationAutoScaling_ECSService',
  'elasticloadbalancing.amazonaws.com': 'ElasticLoadBalancing',
  'vpc-lattice.amazonaws.com': 'VpcLattice',
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html */
export const serviceLinkedRoleOperations: ServiceOperations = {
  CreateServiceLinkedRole(input, context) {
    const { AWSServiceName: service, CustomSuffix } = input;
    const { accountId, estate } = context;
    const label = NAMES[service] ?? service.split('.')[0];
    const suffix = CustomSuffix ? `_${CustomSuffix}` : '';
    const name = `AWSServiceRoleFor${label}${suffix}`;
    const path = `/aws-service-role/${service}/`;
    const arn = `arn:aws:iam::${accountId}:role${path}${name}`;
    if (estate.roles.has(arn)) {
      throw new AwsError({
        code: 'InvalidInputException',
        message: `Service role name ${name} has been taken in this account, please try a different suffix.`,
      });
    }
    const role = estate.roles.put(arn, {
      arn,
      accountId,
      name,
      path,
      id: `AROA${randomBytes(9).toString('hex').slice(0, 17).toUpperCase()}`,
      trustPolicy: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: service },
            Action: 'sts:AssumeRole',
          },
        ],
      },
      inlinePolicies: {},
      attachedPolicyArns: [],
      tags: {},
      createdAt: new Date(context.now()).toISOString(),
    });
    return { Role: describeRole(role) };
  },

  DeleteServiceLinkedRole({ RoleName }, context) {
    const role = findRole(context, RoleName);
    if (!role.path.startsWith('/aws-service-role/')) {
      throw new AwsError({
        code: 'InvalidInputException',
        message: `${RoleName} is not a service-linked role.`,
      });
    }
    context.estate.roles.delete(role.arn);
    return { DeletionTaskId: `task${role.path}${role.name}/${role.id}` };
  },
};
