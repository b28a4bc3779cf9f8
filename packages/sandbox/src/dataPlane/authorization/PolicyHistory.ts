import type { Estate } from '../../estate/Estate';

interface PolicyChange {
  /** Milliseconds since the epoch. */
  time: number;
  /** Absent: deleted. */
  policy?: string;
}

/** Auth policies now and at any time before, from the estate and its event history. */
export class PolicyHistory {
  readonly #estate: Estate;
  /** Oldest first, by ARN or id of the resource. */
  #changes = new Map<string, PolicyChange[]>();
  #events = -1;

  private constructor(estate: Estate) {
    this.#estate = estate;
  }

  static create(options: { estate: Estate }): PolicyHistory {
    return new PolicyHistory(options.estate);
  }

  /**
   * The policy in force.
   *
   * @param time - Milliseconds since the epoch; absent: now.
   */
  policyOf(resourceArn: string, time?: number): string | undefined {
    const current = this.#estate.authPolicies.get(resourceArn)?.policy;
    if (time === undefined) {
      return current;
    }
    this.#refresh();
    const id = resourceArn.slice(resourceArn.lastIndexOf('/') + 1);
    const changes = [
      ...(this.#changes.get(resourceArn) ?? []),
      ...(this.#changes.get(id) ?? []),
    ].sort((one, other) => one.time - other.time);
    if (!changes.some(change => change.time > time)) {
      return current;
    }
    return changes.filter(change => change.time <= time).at(-1)?.policy;
  }

  #refresh(): void {
    const events = this.#estate.trailEvents;
    if (events.size === this.#events) {
      return;
    }
    this.#events = events.size;
    this.#changes = new Map();
    for (const { name, time, requestParameters } of events.values()) {
      if (name !== 'PutAuthPolicy' && name !== 'DeleteAuthPolicy') {
        continue;
      }
      const resource = String(requestParameters.resourceIdentifier);
      const changes = this.#changes.get(resource) ?? [];
      this.#changes.set(resource, changes);
      changes.push({
        time: Date.parse(time),
        policy:
          name === 'PutAuthPolicy'
            ? String(requestParameters.policy)
            : undefined,
      });
    }
  }
}
