import type { CompiledPolicy } from '../decide/CompiledPolicy';
import type {
  CompiledElement,
  CompiledStatement,
} from '../decide/CompiledStatement';
import { RequestContext } from '../facts/RequestContext';
import { FALSE } from '../match/Truth';
import { FailedElement, NearestMiss } from '../types';

/** A miss by who calls or what is called is heavier than one by a condition. */
const WEIGHTS: Record<CompiledElement['name'], number> = {
  Principal: 3,
  Action: 4,
  Resource: 3,
  Condition: 2,
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
  // By number of failures and then by weight: there are few, so this needs no sorting.
  const misses: NearestMiss[][][] = [];
  for (let policyIndex = 0; policyIndex < policies.length; policyIndex += 1) {
    for (const compiled of policies[policyIndex].statements) {
      if (compiled.isDeny) {
        continue;
      }
      const { index, sid } = compiled.statement;
      const failed: FailedElement[] = [];
      const weight = explainStatement(compiled, context, failed);
      const miss: NearestMiss =
        sid === undefined ? { index, failed } : { index, sid, failed };
      if (isPlaced) {
        miss.policyIndex = policyIndex;
      }
      misses[failed.length] ??= [];
      misses[failed.length][weight] ??= [];
      misses[failed.length][weight].push(miss);
    }
  }
  // Flattening leaves out the places where there is nothing.
  return misses.flat(2);
}

/** Adds every element that fails, and says how heavy that is. */
function explainStatement(
  compiled: CompiledStatement,
  context: RequestContext,
  failed: FailedElement[],
): number {
  let weight = 0;
  const { elements } = compiled;
  const explainers = compiled.explainers;
  for (let index = 0; index < elements.length; index += 1) {
    if (elements[index].match(context, undefined) === FALSE) {
      failed.push(explainers[index](context));
      weight += WEIGHTS[elements[index].name];
    }
  }
  return weight;
}
