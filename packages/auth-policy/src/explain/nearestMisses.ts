import type { CompiledPolicy } from '../decide/CompiledPolicy';
import type {
  CompiledElement,
  CompiledStatement,
} from '../decide/CompiledStatement';
import { RequestContext } from '../facts/RequestContext';
import { FALSE } from '../match/Truth';
import { FailedElement, NearestMiss } from '../types';

/** A miss by who calls or what is called is further off than one by a condition. */
const WEIGHTS: Record<CompiledElement['name'], number> = {
  Principal: 3,
  Action: 4,
  Resource: 3,
  Condition: 2,
};

/**
 * The allow statements that don't apply to a request, nearest first: fewest and lightest
 * failures, then the order of the document.
 */
export function nearestMisses(options: {
  policies: readonly CompiledPolicy[];
  context: RequestContext;
}): NearestMiss[] {
  const { policies, context } = options;
  const isPlaced = policies.length > 1;
  // By distance: there are few different ones, so this needs no sorting.
  const misses: NearestMiss[][] = [];
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
        misses.push([]);
      }
      misses[distance].push(miss);
    }
  }
  return misses.flat();
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
