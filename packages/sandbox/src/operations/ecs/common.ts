import type {
  EcsCluster,
  EcsService,
  TaskDefinition,
} from '../../estate/containerResources';
import type { Tags } from '../../estate/resources';
import { AwsError } from '../AwsError';
import type { OperationContext } from '../OperationHandler';
import { paginate } from '../paginate';

/** Last part of an ARN; names are taken where ARNs are. */
export function nameOf(nameOrArn: string): string {
  return nameOrArn.split('/').at(-1)!;
}

export function ecsArn(context: OperationContext, resource: string): string {
  return `arn:aws:ecs:${context.region}:${context.accountId}:${resource}`;
}

export function invalidParameter(message: string): AwsError {
  return new AwsError({ code: 'InvalidParameterException', message });
}

export function clientError(message: string): AwsError {
  return new AwsError({ code: 'ClientException', message });
}

/** @throws AwsError ClusterNotFoundException */
export function findCluster(
  context: OperationContext,
  nameOrArn = 'default',
): EcsCluster {
  const arn = ecsArn(context, `cluster/${nameOf(nameOrArn)}`);
  const cluster = context.estate.ecsClusters.get(arn);
  if (!cluster) {
    throw new AwsError({
      code: 'ClusterNotFoundException',
      message: 'Cluster not found.',
    });
  }
  return cluster;
}

/** A service by name or ARN within its cluster; `undefined` when there is none. */
export function findService(
  context: OperationContext,
  cluster: EcsCluster,
  nameOrArn: string,
): EcsService | undefined {
  return context.estate.ecsServices.get(
    ecsArn(context, `service/${cluster.name}/${nameOf(nameOrArn)}`),
  );
}

/**
 * A task definition by ARN, `family:revision`, or family for its newest active revision.
 *
 * @throws AwsError ClientException
 */
export function findTaskDefinition(
  context: OperationContext,
  identifier: string,
): TaskDefinition {
  const [family, revision] = nameOf(identifier).split(':');
  const { taskDefinitions } = context.estate;
  const found = revision
    ? taskDefinitions.get(
        ecsArn(context, `task-definition/${family}:${revision}`),
      )
    : revisionsOf(context, family)
        .filter(({ status }) => status === 'ACTIVE')
        .at(-1);
  if (!found) {
    throw clientError('Unable to describe task definition.');
  }
  return found;
}

/** Oldest first. */
export function revisionsOf(
  { estate, accountId, region }: OperationContext,
  family: string,
): TaskDefinition[] {
  return estate.taskDefinitions
    .filter(
      definition =>
        definition.accountId === accountId &&
        definition.region === region &&
        definition.family === family,
    )
    .sort((left, right) => left.revision - right.revision);
}

export function tagsFrom(list: { key: string; value?: string }[] = []): Tags {
  return Object.fromEntries(list.map(({ key, value = '' }) => [key, value]));
}

export function tagList(tags: Tags) {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

export function ecsPage(
  input: { maxResults?: number; nextToken?: string },
  arns: string[],
) {
  return paginate({
    items: arns,
    key: arn => arn,
    maxResults: input.maxResults,
    nextToken: input.nextToken,
    defaultSize: 100,
    invalidToken: () => invalidParameter('Invalid token.'),
  });
}
