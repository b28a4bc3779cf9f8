import { type DecidedCalls, StatementTally } from './StatementTally';
import type { StatementMatch, TimedCall } from './StatementMatcher';

/**
 * What the statements of one document decided of the calls of one caller to one service over one network.
 * The calls of its examples are of the same caller and service.
 */
export interface UseGroup {
  /** As in `AccessLogCaller.id`. */
  callerId: string;
  callerAccountId?: string;
  serviceArn: string;
  /** Absent: it is not on record. */
  serviceNetworkArn?: string;
  calls: number;
  uses: DecidedCalls[];
}

/** Adds up what the statements of one document decided, by who called what over which network. */
export class UseGroups {
  readonly #groups = new Map<
    string,
    Omit<UseGroup, 'calls' | 'uses'> & { tally: StatementTally }
  >();

  /** @param call - its `record.serviceNetworkArn` tells its group */
  add(call: TimedCall & { count: number }, match: StatementMatch): void {
    const { id: callerId, accountId: callerAccountId } = call.caller;
    const { serviceArn, serviceNetworkArn } = call.record;
    const key = JSON.stringify([callerId, serviceArn, serviceNetworkArn]);
    let group = this.#groups.get(key);
    if (!group) {
      group = {
        callerId,
        callerAccountId,
        serviceArn,
        serviceNetworkArn,
        tally: new StatementTally(),
      };
      this.#groups.set(key, group);
    }
    group.tally.add(call, match);
  }

  list(): UseGroup[] {
    return [...this.#groups.values()].map(({ tally, ...group }) => ({
      ...group,
      calls: tally.calls,
      uses: tally.uses(),
    }));
  }
}
