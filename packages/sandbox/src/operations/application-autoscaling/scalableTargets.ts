import { randomUUID } from 'node:crypto';
import { AwsError } from '../AwsError';
import { findKept, forget, keep } from '../kept/keptResource';
import type { OperationContext, ServiceOperations } from '../OperationHandler';

/** The type scalable targets are kept under. */
const type = 'AWS::ApplicationAutoScaling::ScalableTarget';

/** What is scaled, and by which of its numbers. */
interface Scalable {
  ServiceNamespace: string;
  ResourceId: string;
  ScalableDimension: string;
}

function keyOf(
  { ServiceNamespace, ResourceId, ScalableDimension }: Scalable,
  { accountId, region }: OperationContext,
) {
  const physicalId = [ResourceId, ScalableDimension, ServiceNamespace].join(
    '|',
  );
  return { accountId, region, type, physicalId };
}

/**
 * Scalable targets of Application Auto Scaling; input as the properties of the CloudFormation type.
 * The number of tasks of an Amazon ECS service is brought between its bounds, and stays where it is
 * then: policies are kept, but no metric moves it.
 */
export const scalableTargetOperations: ServiceOperations = {
  async RegisterScalableTarget(input, context) {
    const key = keyOf(input, context);
    const present = findKept(context.estate, key);
    const arn =
      present?.arn ??
      `arn:aws:application-autoscaling:${context.region}:${
        context.accountId
      }:scalable-target/${randomUUID().replaceAll('-', '')}`;
    await scale(input, context);
    const { Tags: tags = {}, ...properties } = input;
    keep(context.estate, { ...key, arn, properties, tags, attributes: {} });
    return { ScalableTargetARN: arn };
  },

  DeregisterScalableTarget(input, context) {
    if (!forget(context.estate, keyOf(input, context))) {
      throw new AwsError({
        code: 'ObjectNotFoundException',
        statusCode: 400,
        message: 'No scalable target found for the service namespace',
      });
    }
  },
};

async function scale(
  input: Scalable & { MinCapacity: number; MaxCapacity: number },
  context: OperationContext,
): Promise<void> {
  const { ServiceNamespace, ResourceId, MinCapacity, MaxCapacity } = input;
  const { estate, accountId, region } = context;
  if (MinCapacity > MaxCapacity) {
    throw new AwsError({
      code: 'ValidationException',
      statusCode: 400,
      message: 'Maximum capacity cannot be less than minimum capacity',
    });
  }
  if (ServiceNamespace !== 'ecs') {
    return;
  }
  const [, cluster, service] = ResourceId.split('/');
  const found = estate.ecsServices.get(
    `arn:aws:ecs:${region}:${accountId}:service/${cluster}/${service}`,
  );
  if (!found) {
    throw new AwsError({
      code: 'ValidationException',
      statusCode: 400,
      message: `ECS service doesn't exist: ${ResourceId}`,
    });
  }
  const desiredCount = Math.min(
    Math.max(found.desiredCount, MinCapacity),
    MaxCapacity,
  );
  if (desiredCount !== found.desiredCount) {
    await context.call(
      'ecs',
      'UpdateService',
      { cluster, service, desiredCount },
      // As the service-linked role.
      { principalArn: `arn:aws:iam::${accountId}:root` },
    );
  }
}
