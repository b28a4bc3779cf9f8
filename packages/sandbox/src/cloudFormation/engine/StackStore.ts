import { Collection } from '../../estate/Collection';
import { Estate } from '../../estate/Estate';
import {
  ResourceStatus,
  ResourceVersion,
  Stack,
  StackEvent,
  StackResource,
  StackStatus,
} from './Stack';

/**
 * The stacks and their events in the estate. Every change of a status is written together with its
 * event.
 */
export class StackStore {
  readonly #stacks: Collection<Stack>;
  readonly #events: Collection<StackEvent>;
  /** Events written so far, by stack. */
  readonly #sequences = new Map<string, number>();

  constructor(estate: Estate, private readonly now: () => number) {
    this.#stacks = estate.collection('stacks');
    this.#events = estate.collection('stackEvents');
  }

  /** The stack with that id. */
  get(stackId: string): Stack {
    const stack = this.#stacks.get(stackId);
    if (!stack) {
      throw new Error(`No stack ${stackId}`);
    }
    return stack;
  }

  /** By id, also when deleted; by name, unless deleted. */
  find(options: {
    accountId: string;
    region: string;
    nameOrId: string;
  }): Stack | undefined {
    const { accountId, region, nameOrId } = options;
    return this.#stacks.find(
      stack =>
        stack.accountId === accountId &&
        stack.region === region &&
        (stack.id === nameOrId ||
          (stack.name === nameOrId && stack.status !== 'DELETE_COMPLETE')),
    );
  }

  /** Newest first. */
  list(options: { accountId: string; region: string }): Stack[] {
    return this.#stacks
      .filter(
        stack =>
          stack.accountId === options.accountId &&
          stack.region === options.region,
      )
      .reverse();
  }

  all(): Stack[] {
    return this.#stacks.values();
  }

  /** Newest first. */
  events(stackId: string): StackEvent[] {
    return this.#events
      .filter(event => event.stackId === stackId)
      .sort((left, right) => right.sequence - left.sequence);
  }

  add(stack: Stack): void {
    this.#stacks.put(stack.id, stack);
    this.#recordStackEvent(stack.id);
  }

  /** Takes out a stack that has never held anything, and its events. */
  remove(stackId: string): void {
    for (const { sequence } of this.events(stackId)) {
      this.#events.delete(`${stackId}/${sequence}`);
    }
    this.#sequences.delete(stackId);
    this.#stacks.delete(stackId);
  }

  /** Changes the stack without an event. */
  update(stackId: string, change: Partial<Stack>): void {
    this.#stacks.update(stackId, stack => ({ ...stack, ...change }));
  }

  /** Changes the stack's status, and at once with it what else is given. */
  setStatus(
    stackId: string,
    status: StackStatus,
    statusReason?: string,
    change: Partial<Stack> = {},
  ): void {
    this.update(stackId, {
      ...change,
      status,
      statusReason,
      ...(status === 'DELETE_COMPLETE' ? { deletedAt: this.#timestamp() } : {}),
    });
    this.#recordStackEvent(stackId);
  }

  /** Changes a resource without an event. */
  updateResource(
    stackId: string,
    logicalId: string,
    change: Partial<StackResource>,
  ): void {
    this.#stacks.update(stackId, stack => ({
      ...stack,
      resources: {
        ...stack.resources,
        [logicalId]: { ...stack.resources[logicalId], ...change },
      },
    }));
  }

  /** Changes a resource's status. */
  setResourceStatus(
    stackId: string,
    logicalId: string,
    status: ResourceStatus,
    change: Partial<StackResource> = {},
  ): void {
    this.updateResource(stackId, logicalId, {
      statusReason: undefined,
      ...change,
      status,
      timestamp: this.#timestamp(),
    });
    const resource = this.get(stackId).resources[logicalId];
    this.recordResource(stackId, resource);
  }

  /** Writes an event of a resource, which need not be part of the stack any more. */
  recordResource(
    stackId: string,
    resource: ResourceVersion &
      Pick<StackResource, 'logicalId' | 'status' | 'statusReason'>,
  ): void {
    this.#record(stackId, {
      logicalId: resource.logicalId,
      physicalId: resource.physicalId,
      type: resource.type,
      status: resource.status,
      statusReason: resource.statusReason,
      properties: JSON.stringify(resource.properties),
    });
  }

  /** Takes down why an operation on a resource failed. */
  addFailure(
    stackId: string,
    failure: { logicalId: string; type: string; reason: string },
  ): void {
    const { failures } = this.get(stackId);
    this.update(stackId, { failures: [...failures, failure] });
  }

  #recordStackEvent(stackId: string): void {
    const stack = this.get(stackId);
    this.#record(stackId, {
      logicalId: stack.name,
      physicalId: stack.id,
      type: 'AWS::CloudFormation::Stack',
      status: stack.status,
      statusReason: stack.statusReason,
    });
  }

  #record(
    stackId: string,
    event: Omit<
      StackEvent,
      'id' | 'stackId' | 'stackName' | 'sequence' | 'timestamp'
    >,
  ): void {
    const stack = this.get(stackId);
    // After a restart the count goes on from what the journal kept.
    const sequence =
      this.#sequences.get(stackId) ?? this.events(stackId).length;
    this.#sequences.set(stackId, sequence + 1);
    const timestamp = this.#timestamp();
    this.#events.put(`${stackId}/${sequence}`, {
      ...event,
      id: `${event.logicalId}-${event.status}-${timestamp}-${sequence}`,
      stackId,
      stackName: stack.name,
      sequence,
      timestamp,
      clientRequestToken: stack.operationToken ?? stack.clientRequestToken,
    });
  }

  #timestamp(): string {
    return new Date(this.now()).toISOString();
  }
}
