import type { StackEvent } from '@aws-sdk/client-cloudformation';

const STACK = 'AWS::CloudFormation::Stack';

/** One line for people: `TargetGroup (AWS::VpcLattice::TargetGroup) CREATE_FAILED: …`. */
export function describeStackEvent(event: StackEvent): string {
  const { ResourceStatusReason: reason } = event;
  return `${nameOf(event)} ${event.ResourceStatus}${
    reason ? `: ${reason}` : ''
  }`;
}

/** Names of the resources that were made and then removed again, in the order of removal. */
export function removedResources(events: StackEvent[]): string[] {
  const ids = (status: string) =>
    events
      .filter(
        event =>
          event.ResourceType !== STACK && event.ResourceStatus === status,
      )
      .map(event => event.LogicalResourceId ?? '');
  const made = ids('CREATE_COMPLETE');
  const removed = ids('DELETE_COMPLETE').filter(id => made.includes(id));
  return [...new Set(removed)];
}

/**
 * Resources that a stack left in place when it was deleted, as its template says: `LogBucket (logs-1a2b)`.
 *
 * @param without - physical ids of those that don't count
 */
export function keptResources(
  events: StackEvent[],
  without: readonly string[] = [],
): string[] {
  const kept = keptEvents(events)
    .filter(({ PhysicalResourceId: id = '' }) => !without.includes(id))
    .map(
      ({ LogicalResourceId: id, PhysicalResourceId: physicalId }) =>
        `${id} (${physicalId})`,
    );
  return [...new Set(kept)];
}

/** Names of the S3 buckets that a stack left in place when it was deleted. */
export function keptBuckets(events: StackEvent[]): string[] {
  const names = keptEvents(events)
    .filter(({ ResourceType: type }) => type === 'AWS::S3::Bucket')
    .map(({ PhysicalResourceId: name = '' }) => name);
  return [...new Set(names)];
}

function keptEvents(events: StackEvent[]): StackEvent[] {
  return events.filter(
    ({ ResourceStatus: status }) => status === 'DELETE_SKIPPED',
  );
}

function nameOf(event: StackEvent): string {
  return `${event.LogicalResourceId} (${event.ResourceType})`;
}

/** How the last change of a stack ended, such as `UPDATE_ROLLBACK_COMPLETE`; undefined when no event told. */
export function stackStatus(events: StackEvent[]): string | undefined {
  return events.findLast(event => event.ResourceType === STACK)?.ResourceStatus;
}

/** Names of the resources that an update had changed or made before something failed. */
export function changedResources(events: StackEvent[]): string[] {
  const end = events.findIndex(
    ({ ResourceStatus: status = '' }) =>
      /_FAILED$/.test(status) || /^UPDATE_ROLLBACK_/.test(status),
  );
  const changed = (end < 0 ? events : events.slice(0, end)).filter(
    event =>
      event.ResourceType !== STACK &&
      /^(CREATE|UPDATE)_COMPLETE$/.test(event.ResourceStatus ?? ''),
  );
  return [...new Set(changed.map(event => event.LogicalResourceId ?? ''))];
}
