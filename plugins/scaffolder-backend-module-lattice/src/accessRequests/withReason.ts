import { isError } from '@backstage/errors';

/**
 * Gives the reason in place of "Request failed with 403": the back end's own error is the cause of a `ResponseError`.
 */
export async function withReason<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isError(error) &&
      error.name === 'ResponseError' &&
      isError(error.cause)
      ? error.cause
      : error;
  }
}
