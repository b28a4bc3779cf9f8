import { CustomErrorBase } from '@backstage/errors';

/**
 * Why a store could not do what it was asked.
 *
 * @public
 */
export type AccessLogStoreFailure =
  | 'engine-crashed'
  | 'limit-exceeded'
  | 'no-access'
  | 'table-missing'
  | 'timed-out'
  | 'failed';

/**
 * A store could not do what it was asked. The message says what to do.
 *
 * @public
 */
export class AccessLogStoreError extends CustomErrorBase {
  name = 'AccessLogStoreError' as const;

  readonly failure: AccessLogStoreFailure;

  constructor(
    failure: AccessLogStoreFailure,
    message: string,
    cause?: Error | unknown,
  ) {
    super(message, cause);
    this.failure = failure;
  }
}
