import type { AccessLogCaller, AccessLogRecord } from '../types';
import { callerOf } from './callerOf';

const MAX_CALLERS = 20_000;

/**
 * What `callerOf` says, found out once for each principal.
 *
 * @public
 */
export class CallerCache {
  readonly #callers = new Map<string, AccessLogCaller>();
  /** Calls of one caller mostly come together. */
  #last?: { recorded: string; caller: AccessLogCaller };

  /** The same object for the same principal, as long as there are not too many. */
  callerOf(
    record: Pick<AccessLogRecord, 'resolvedUser' | 'callerPrincipal'>,
  ): AccessLogCaller {
    const recorded = record.resolvedUser ?? record.callerPrincipal ?? '';
    if (this.#last?.recorded === recorded) {
      return this.#last.caller;
    }
    let caller = this.#callers.get(recorded);
    if (!caller) {
      caller = callerOf({ resolvedUser: recorded || undefined });
      if (this.#callers.size >= MAX_CALLERS) {
        this.#callers.clear();
      }
      this.#callers.set(recorded, caller);
    }
    this.#last = { recorded, caller };
    return caller;
  }
}
