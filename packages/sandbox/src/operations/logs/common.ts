import type { LogGroup } from '../../estate/resources';
import { AwsError } from '../AwsError';
import type { OperationContext } from '../OperationHandler';

export function invalidParameter(message: string): AwsError {
  return new AwsError({ code: 'InvalidParameterException', message });
}

export function resourceNotFound(message: string): AwsError {
  return new AwsError({ code: 'ResourceNotFoundException', message });
}

export function logGroupArn(context: OperationContext, name: string): string {
  return `arn:aws:logs:${context.region}:${context.accountId}:log-group:${name}`;
}

/**
 * A log group of the caller, by name, or by ARN in those operations that take an identifier.
 *
 * @throws AwsError ResourceNotFoundException, InvalidParameterException
 */
export function findLogGroup(
  context: OperationContext,
  input: {
    logGroupName?: string;
    logGroupIdentifier?: string;
    resourceArn?: string;
  },
): LogGroup {
  const name =
    input.logGroupName ?? input.logGroupIdentifier ?? input.resourceArn;
  if (!name) {
    throw invalidParameter('Either a log group name or identifier is needed');
  }
  const arn = name.startsWith('arn:')
    ? name.replace(/:\*$/, '')
    : logGroupArn(context, name);
  const group = context.estate.logGroups.get(arn);
  if (!group || group.accountId !== context.accountId) {
    throw resourceNotFound('The specified log group does not exist.');
  }
  return group;
}

/** Log streams that were created, whether or not they hold events. Keyed by group ARN and name. */
export function logStreams(context: OperationContext) {
  return context.estate.collection<{
    logGroupArn: string;
    name: string;
    createdAt: string;
  }>('logStreams');
}
