import {
  type CloudFormationClient,
  DescribeStackEventsCommand,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';
import { toError } from '@backstage/errors';

/**
 * Reads the events of one CloudFormation stack as they come.
 *
 * @remarks
 * AWS gives events newest first and no cursor to read on from, so pages are read until one holds an event known already.
 */
export class StackEventLog {
  static create(options: {
    cloudFormation: CloudFormationClient;
    /** Name or ARN. The ARN takes its place once it is known: a deleted stack is found by nothing else. */
    stack: string;
    /** Events before this time are of an earlier change, and left out. */
    since?: Date;
    onEvent: (event: StackEvent) => void;
    onUnreadable: (reason: string) => void;
  }): StackEventLog {
    return new StackEventLog(options);
  }

  readonly events: StackEvent[] = [];
  private readonly known = new Set<string>();
  private stack: string;
  private saidUnreadable = false;

  private constructor(
    private readonly options: Parameters<typeof StackEventLog.create>[0],
  ) {
    this.stack = options.stack;
  }

  /** ARN of the stack, once an event told it. */
  get stackArn(): string | undefined {
    return this.stack.startsWith('arn:') ? this.stack : undefined;
  }

  /** Reads what is new. Never throws: events are told to people, nothing is decided by them. */
  async readNew(): Promise<void> {
    let fresh: StackEvent[];
    try {
      fresh = await this.fetchNew();
    } catch (error) {
      this.sayUnreadable(toError(error));
      return;
    }
    for (const event of fresh.reverse()) {
      this.known.add(event.EventId ?? '');
      this.stack = event.StackId ?? this.stack;
      if (!this.isEarlier(event)) {
        this.events.push(event);
        this.options.onEvent(event);
      }
    }
  }

  private isEarlier({ Timestamp: at }: StackEvent): boolean {
    const { since } = this.options;
    return since !== undefined && at !== undefined && at < since;
  }

  private async fetchNew(): Promise<StackEvent[]> {
    const fresh: StackEvent[] = [];
    let nextToken: string | undefined;
    do {
      const page = await this.options.cloudFormation.send(
        new DescribeStackEventsCommand({
          StackName: this.stack,
          NextToken: nextToken,
        }),
      );
      const events = page.StackEvents ?? [];
      const end = events.findIndex(({ EventId = '' }) =>
        this.known.has(EventId),
      );
      fresh.push(...(end < 0 ? events : events.slice(0, end)));
      nextToken = end < 0 ? page.NextToken : undefined;
    } while (nextToken);
    return fresh;
  }

  private sayUnreadable(error: Error): void {
    // Before Service Catalog has made the stack, AWS says "ValidationError: Stack … does not exist".
    const notThereYet = error.name === 'ValidationError';
    if (!notThereYet && !this.saidUnreadable) {
      this.saidUnreadable = true;
      this.options.onUnreadable(`${error.name}: ${error.message}`);
    }
  }
}
