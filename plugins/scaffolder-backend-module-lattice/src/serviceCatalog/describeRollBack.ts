import type { StackEvent } from '@aws-sdk/client-cloudformation';
import { changedResources, stackStatus } from './describeStackEvents';
import { describeStackFailure, stackFailures } from './stackFailures';

/** What AWS took back of a change that failed or was cancelled, in words: what stays, and what to do about it. */
export function describeRollBack(events: StackEvent[]): string {
  const status = stackStatus(events);
  if (status === 'UPDATE_ROLLBACK_FAILED') {
    return `AWS could not roll it back (${stackFailures(events)
      .map(describeStackFailure)
      .slice(-1)
      .join(
        '',
      )}): it is half changed. Mend the cause and continue the roll back in the AWS console.`;
  }
  if (status !== 'UPDATE_ROLLBACK_COMPLETE') {
    return `Whether AWS rolled anything back is unknown: the stack is ${
      status ?? 'not readable'
    }.`;
  }
  const changed = changedResources(events);
  return changed.length
    ? `Rolled back: ${changed.join(', ')}. It is as it was before.`
    : 'Nothing had changed yet: it is as it was before.';
}
