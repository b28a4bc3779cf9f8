import { AwsError } from '../AwsError';

/** Kinds of resources as the API's errors name them. */
export type ResourceType =
  | 'SERVICE_NETWORK'
  | 'SERVICE'
  | 'LISTENER'
  | 'RULE'
  | 'TARGET_GROUP'
  | 'SERVICE_NETWORK_VPC_ASSOCIATION'
  | 'SERVICE_NETWORK_SERVICE_ASSOCIATION'
  | 'ACCESS_LOG_SUBSCRIPTION'
  | 'RESOURCE_GATEWAY'
  | 'RESOURCE_CONFIGURATION'
  | 'SERVICE_NETWORK_RESOURCE_ASSOCIATION'
  | 'VPC'
  | 'SUBNET'
  | 'SECURITY_GROUP'
  | 'RESOURCE';

export function notFound(type: ResourceType, id: string): AwsError {
  return new AwsError({
    code: 'ResourceNotFoundException',
    message: `${words(type)} ${id} not found`,
    members: { resourceId: id, resourceType: type },
  });
}

export function conflict(
  type: ResourceType,
  id: string,
  message: string,
): AwsError {
  return new AwsError({
    code: 'ConflictException',
    message,
    members: { resourceId: id, resourceType: type },
  });
}

export function invalid(field: string, message: string): AwsError {
  return new AwsError({
    code: 'ValidationException',
    message,
    members: {
      reason: 'fieldValidationFailed',
      fieldList: [{ name: field, message }],
    },
  });
}

export function accessDenied(
  principalArn: string,
  resourceArn: string,
): AwsError {
  return new AwsError({
    code: 'AccessDeniedException',
    message: `User: ${principalArn} is not authorized to access the resource ${resourceArn}`,
  });
}

/** Quotas: https://docs.aws.amazon.com/vpc-lattice/latest/ug/quotas.html */
export function quotaExceeded(
  type: ResourceType,
  quotaCode: string,
  message: string,
): AwsError {
  return new AwsError({
    code: 'ServiceQuotaExceededException',
    message,
    members: { resourceType: type, serviceCode: 'vpc-lattice', quotaCode },
  });
}

function words(type: ResourceType): string {
  return type.toLowerCase().replaceAll('_', ' ');
}
