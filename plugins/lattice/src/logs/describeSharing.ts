import type { LogSource } from '@lattice-portal/plugin-lattice-common';

/** How lines of several subscriptions are told apart that write to one log. Undefined: one does. */
export function describeSharing({
  id,
  subscriptions,
}: Pick<LogSource, 'id' | 'subscriptions'>): string | undefined {
  if (subscriptions < 2) {
    return undefined;
  }
  const which = id.startsWith('arn:') && id.split(':')[2] === 'logs';
  return `${subscriptions} subscriptions write here. ${
    which
      ? 'Their lines are told apart by log stream.'
      : 'Lines don’t say whose they are: where two of one call are the same to the letter, “Again” has the second, though it may be another log’s.'
  }`;
}
