import type { AwsCredentialProvider } from './AwsAccess';

/** Time before the end at which credentials are fetched anew, in milliseconds. */
const margin = 5 * 60 * 1000;

/**
 * Keeps credentials until shortly before they expire, so that all clients of one role share one session.
 * A failure is not kept.
 */
export function keepCredentials(
  fetch: AwsCredentialProvider,
  now: () => number = Date.now,
): AwsCredentialProvider {
  let kept: ReturnType<AwsCredentialProvider> | undefined;
  let until = 0;
  return async () => {
    if (kept && now() < until) {
      return kept;
    }
    const fetching = fetch();
    kept = fetching;
    until = Number.POSITIVE_INFINITY;
    try {
      const credentials = await fetching;
      until = credentials.expiration
        ? credentials.expiration.getTime() - margin
        : Number.POSITIVE_INFINITY;
      return credentials;
    } catch (error) {
      kept = undefined;
      throw error;
    }
  };
}
