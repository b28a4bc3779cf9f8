import { AwsError } from '../../operations/AwsError';

export function invalidParameters(message: string): AwsError {
  return new AwsError({ code: 'InvalidParametersException', message });
}

export function notFound(message: string): AwsError {
  return new AwsError({ code: 'ResourceNotFoundException', message });
}

export function duplicate(message: string): AwsError {
  return new AwsError({ code: 'DuplicateResourceException', message });
}

export function inUse(message: string): AwsError {
  return new AwsError({ code: 'ResourceInUseException', message });
}
