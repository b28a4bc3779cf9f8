import type { CompiledPolicy } from '../decide/CompiledPolicy';
import type {
  CompiledElement,
  CompiledStatement,
} from '../decide/CompiledStatement';
import { RequestContext } from '../facts/RequestContext';
import { FALSE } from '../match/Truth';
import { FailedElement, NearestMiss } from '../types';

/**
 * How far off a failure puts a statement. One by who calls or what is called counts more
 * than one by a condition, but all three such failures less than one more failure: 2, 3
 * and 1 over 7 are less than 7.
 */
const WEIGHTS: Record<CompiledElement['name'], number> = {
  Principal: 9,
  Action: 10,
  Resource: 8,
  Condition: 7,
};

/**
 * The allow statements that don't apply to a request, nearest first: fewest failures, then
 * lightest, then the order of the document.
 */
export function nearestMisses(options: {
  policies: readonly CompiledPolicy[];
  context: RequestContext;
}): NearestMiss[] {
  const { policies, context } = options;
  const isPlaced = policies.length > 1;
  // By distance: there are few different ones, so this needs no sorting.
  const misses: Array<NearestMiss[] | undefined> = [];
  for (let policyIndex = 0; policyIndex < policies.length; policyIndex += 1) {
    for (const compiled of policies[policyIndex].statements) {
      if (compiled.isDeny) {
        continue;
      }
      const { index, sid } = compiled.statement;
      const failed: FailedElement[] = [];
      const distance = explainStatement(compiled, context, failed);
      const miss: NearestMiss =
        sid === undefined ? { index, failed } : { index, sid, failed };
      if (isPlaced) {
        miss.policyIndex = policyIndex;
      }
      while (misses.length <= distance) {
        misses.push(undefined);
      }
      const alike = misses[distance];
      if (alike) {
        alike.push(miss);
      } else {
        misses[distance] = [miss];
      }
    }
  }
  return flatten(misses);
}

function flatten<T>(lists: ReadonlyArray<readonly T[] | undefined>): T[] {
  const flat: T[] = [];
  for (const list of lists) {
    // One by one, as there may be more than a call takes arguments.
    for (const item of list ?? []) {
      flat.push(item);
    }
  }
  return flat;
}

/** Adds every element that fails, and says how far off the statement is. */
function explainStatement(
  compiled: CompiledStatement,
  context: RequestContext,
  failed: FailedElement[],
): number {
  let distance = 0;
  const { elements } = compiled;
  const explainers = compiled.explainers;
  for (let index = 0; index < elements.length; index += 1) {
    if (elements[index].match(context, undefined) === FALSE) {
      failed.push(explainers[index](context));
      distance += WEIGHTS[elements[index].name];
    }
  }
  return distance;
}
