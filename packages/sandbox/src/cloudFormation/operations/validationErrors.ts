import { AwsError } from '../../operations/AwsError';
import type {
  OperationHandler,
  ServiceOperations,
} from '../../operations/OperationHandler';
import { TemplateError } from '../template/TemplateError';

/** CloudFormation's error for requests that are wrong in themselves. */
export function validationError(message: string): AwsError {
  return new AwsError({ code: 'ValidationError', statusCode: 400, message });
}

function wrap(handler: OperationHandler): OperationHandler {
  return async (input, context) => {
    try {
      return await handler(input, context);
    } catch (error) {
      throw error instanceof TemplateError
        ? validationError(error.message)
        : error;
    }
  };
}

/** Makes every {@link TemplateError} of the operations a `ValidationError`. */
export function withValidationErrors(
  operations: ServiceOperations,
): ServiceOperations {
  return Object.fromEntries(
    Object.entries(operations).map(([name, handler]) => [name, wrap(handler)]),
  );
}
