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

export function notSupported(message: string): AwsError {
  return new AwsError({ code: 'OperationNotSupportedException', message });
}

/** The answer to a principal that has no access to a product through any portfolio. */
export function noLaunchPaths(productId: string): AwsError {
  return notFound(`No launch paths found for resource: ${productId}`);
}
