import type { StatementMatch, TimedCall } from './StatementMatcher';

const MAX_REASONS = 3;

/** A call as an example. */
export interface DecidedCall {
  /** Milliseconds since the epoch. */
  time: number;
  callerId: string;
  callerAccountId?: string;
  serviceArn: string;
  method?: string;
  path?: string;
}

/** Calls that a statement decided, and those that it may have decided. */
export interface DecidedCalls {
  /** Position of the statement in the document. */
  index: number;
  calls: number;
  last?: DecidedCall;
  possibleCalls: number;
  lastPossible?: DecidedCall;
  reasons: string[];
}

/** Adds up what the statements of one document decided. */
export class StatementTally {
  readonly #uses = new Map<number, DecidedCalls>();
  calls = 0;

  add(call: TimedCall & { count: number }, match: StatementMatch): void {
    this.calls += call.count;
    if (match.decided !== undefined) {
      const use = this.#useOf(match.decided);
      use.calls += call.count;
      use.last = laterOf(use.last, decidedCall(call));
    }
    for (const { index, reasons } of match.possible) {
      this.#addPossible(index, call, reasons);
    }
  }

  /** Adds what was found of other calls. */
  addUses(calls: number, uses: readonly DecidedCalls[]): void {
    this.calls += calls;
    for (const other of uses) {
      const use = this.#useOf(other.index);
      use.calls += other.calls;
      use.last = laterOf(use.last, other.last);
      use.possibleCalls += other.possibleCalls;
      use.lastPossible = laterOf(use.lastPossible, other.lastPossible);
      addReasons(use, other.reasons);
    }
  }

  /** Adds what was found of calls of which it is not known whether they are among those that are asked for. */
  addPossibleUses(uses: readonly DecidedCalls[], reason: string): void {
    for (const other of uses) {
      const use = this.#useOf(other.index);
      use.possibleCalls += other.calls + other.possibleCalls;
      use.lastPossible = laterOf(
        use.lastPossible,
        laterOf(other.last, other.lastPossible),
      );
      addReasons(use, [reason, ...other.reasons]);
    }
  }

  uses(): DecidedCalls[] {
    return [...this.#uses.values()].sort(
      (one, other) => one.index - other.index,
    );
  }

  #addPossible(
    index: number,
    call: TimedCall & { count: number },
    reasons: readonly string[],
  ): void {
    const use = this.#useOf(index);
    use.possibleCalls += call.count;
    use.lastPossible = laterOf(use.lastPossible, decidedCall(call));
    addReasons(use, reasons);
  }

  #useOf(index: number): DecidedCalls {
    let use = this.#uses.get(index);
    if (!use) {
      use = { index, calls: 0, possibleCalls: 0, reasons: [] };
      this.#uses.set(index, use);
    }
    return use;
  }
}

function decidedCall({ record, caller, lastSeen }: TimedCall): DecidedCall {
  return {
    time: lastSeen,
    callerId: caller.id,
    callerAccountId: caller.accountId,
    serviceArn: record.serviceArn,
    method: record.requestMethod,
    path: record.requestPath,
  };
}

function laterOf(
  one: DecidedCall | undefined,
  other: DecidedCall | undefined,
): DecidedCall | undefined {
  return !one || (other && other.time > one.time) ? other : one;
}

function addReasons(use: DecidedCalls, reasons: readonly string[]): void {
  use.reasons = [...new Set([...use.reasons, ...reasons])].slice(
    0,
    MAX_REASONS,
  );
}
