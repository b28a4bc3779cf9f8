import { setImmediate } from 'node:timers/promises';
import { CallerCache } from '../classify/CallerCache';
import { classify } from '../classify/classify';
import { pathShape } from '../fold/pathShape';
import { PolicyReplay } from './PolicyReplay';
import { exampleOf, ReplayTally } from './ReplayTally';
import type { ProposedPolicies, ReplayCall, ReplayResult } from './types';

/** How long others wait at most. */
const SLICE_MILLISECONDS = 20;
const CALLS_BETWEEN_LOOKS = 256;

/**
 * Decides recorded calls by proposed policies: what would newly be allowed or denied, what stays as it
 * was, and what can't be known.
 *
 * @remarks
 * Exact: nothing is sampled. Calls that the policies can't tell apart are decided once. Layers for which
 * nothing is proposed, identity-based policies among them, are taken to decide as on record: they refuse
 * the calls that they refused, and let all others through. Headers and query strings are not on record,
 * and of some calls the caller is not: what hangs on them is `unknown`, as are calls that failed.
 *
 * @param options - `calls`: one by one, or in batches, which takes less time for each; `onProgress`: told from time to time how many calls were decided
 * @throws the signal's reason when it is aborted
 *
 * @public
 */
export async function replayCalls(options: {
  calls:
    | Iterable<ReplayCall>
    | AsyncIterable<ReplayCall | readonly ReplayCall[]>;
  policies: ProposedPolicies;
  signal?: AbortSignal;
  onProgress?: (progress: { calls: number }) => void;
}): Promise<ReplayResult> {
  const { calls, policies, signal, onProgress } = options;
  const replay = PolicyReplay.create(policies);
  const tally = new ReplayTally();
  const callers = new CallerCache();
  let done = 0;
  let looked = 0;
  let sliceStart = performance.now();
  const add = (given: ReplayCall) => {
    const { record, outcome = classify(record), count = 1 } = given;
    const call = { record, outcome, caller: callers.callerOf(record) };
    const change = replay.changeOf(call);
    if (change === undefined) {
      tally.addUntouched(count);
    } else {
      const { requestPath } = record;
      tally.add({
        place: {
          change,
          caller: call.caller.id,
          serviceArn: record.serviceArn,
          method: record.requestMethod,
          path: requestPath ? pathShape(requestPath) : undefined,
        },
        count,
        example: () => exampleOf(record, outcome),
        reasons: () => replay.reasonsFor(call),
      });
    }
    done += count;
  };
  const pause = async () => {
    onProgress?.({ calls: done });
    await setImmediate();
    signal?.throwIfAborted();
    sliceStart = performance.now();
  };
  signal?.throwIfAborted();
  for await (const batch of batchesOf(calls)) {
    for (const call of batch) {
      add(call);
      looked++;
      if (
        looked % CALLS_BETWEEN_LOOKS === 0 &&
        performance.now() - sliceStart > SLICE_MILLISECONDS
      ) {
        await pause();
      }
    }
  }
  await pause();
  return tally.result();
}

/** Waiting for each call of what is there already would take longer than deciding it. */
async function* batchesOf(
  calls:
    | Iterable<ReplayCall>
    | AsyncIterable<ReplayCall | readonly ReplayCall[]>,
): AsyncGenerator<Iterable<ReplayCall>> {
  if (Symbol.iterator in calls) {
    yield calls;
    return;
  }
  for await (const given of calls) {
    yield 'record' in given ? [given] : given;
  }
}
