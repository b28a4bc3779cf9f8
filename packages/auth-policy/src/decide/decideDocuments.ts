import { nearestMisses } from '../explain/nearestMisses';
import { RequestContext } from '../facts/RequestContext';
import { TRUE, and, FALSE } from '../match/Truth';
import { LayerVerdict, PolicyProblem } from '../types';
import { CompiledPolicy } from './CompiledPolicy';
import { Evaluation, evaluateDocuments } from './evaluateDocuments';

/** What all documents of a layer say together, and why. */
export type DocumentsResult = Pick<
  LayerVerdict,
  'statement' | 'nearest' | 'unknown'
> &
  Pick<Evaluation, 'result'>;

/** Decides by the documents of one layer and explains the result. */
export function decideDocuments(
  policies: readonly CompiledPolicy[],
  context: RequestContext,
): DocumentsResult {
  const { result, statement, isAllowSure } = evaluateDocuments(
    policies,
    context,
  );
  switch (result) {
    case 'allowed':
    case 'explicitly-denied':
      return { result, statement, nearest: [], unknown: [] };
    case 'unknown':
      return {
        result,
        nearest: [],
        unknown: openReasons({ policies, context, isAllowSure }),
      };
    default:
      return {
        result,
        nearest: nearestMisses({ policies, context }),
        unknown: [],
      };
  }
}

function openReasons(options: {
  policies: readonly CompiledPolicy[];
  context: RequestContext;
  isAllowSure: boolean;
}): string[] {
  const { policies, context, isAllowSure } = options;
  const problems: string[] = [];
  const reasons: string[] = [];
  for (const policy of policies) {
    problems.push(...policy.problems.map(printProblem));
    for (const { compiled, truth } of policy.candidates(context)) {
      // With an allow at hand, only the denies are open.
      if (isAllowSure && !compiled.isDeny) {
        continue;
      }
      const whole = and(truth, compiled.matchCall(context));
      if (whole !== TRUE && whole !== FALSE) {
        reasons.push(...compiled.openReasons(context));
      }
    }
  }
  return [...new Set([...problems, ...reasons])];
}

function printProblem({ path, message, line, column }: PolicyProblem): string {
  const position =
    line === undefined ? '' : ` (line ${line}, column ${column})`;
  return `invalid policy: ${path}: ${message}${position}`;
}
