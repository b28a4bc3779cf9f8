import type { StackEvent } from '@aws-sdk/client-cloudformation';

const STACK = 'AWS::CloudFormation::Stack';

/** One line for people: `TargetGroup (AWS::VpcLattice::TargetGroup) CREATE_FAILED: …`. */
export function describeStackEvent(event: StackEvent): string {
  const { ResourceStatusReason: reason } = event;
  return `${nameOf(event)} ${event.ResourceStatus}${
    reason ? `: ${reason}` : ''
  }`;
}

/**
 * Which resources failed and why, each as a sentence. Resources that were merely cancelled, as another one had failed,
 * are left out.
 */
export function describeFailures(events: StackEvent[]): string[] {
  return events
    .filter(
      event =>
        event.ResourceType !== STACK &&
        /^(CREATE|UPDATE|DELETE)_FAILED$/.test(event.ResourceStatus ?? '') &&
        !/cancelled/i.test(event.ResourceStatusReason ?? ''),
    )
    .map(
      event =>
        `${nameOf(event)}: ${event.ResourceStatusReason ?? 'no reason given'}`,
    );
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

function nameOf(event: StackEvent): string {
  return `${event.LogicalResourceId} (${event.ResourceType})`;
}
