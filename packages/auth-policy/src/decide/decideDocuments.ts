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

interface Documents {
  policies: readonly CompiledPolicy[];
  context: RequestContext;
}

/** Decides by the documents of one layer and explains the result. */
export function decideDocuments(
  policies: readonly CompiledPolicy[],
  context: RequestContext,
): DocumentsResult {
  return explainDocuments({
    evaluation: evaluateDocuments(policies, context),
    policies,
    context,
  });
}

/**
 * Explains what documents say.
 *
 * @param options - `openRule`: why the lack of an allow doesn't surely deny the call. It
 * then hangs on open denies too.
 */
export function explainDocuments(
  options: Documents & { evaluation: Evaluation; openRule?: string },
): DocumentsResult {
  const { evaluation, policies, context, openRule } = options;
  const { result, statement, isAllowSure } = evaluation;
  if (openRule !== undefined) {
    const isOpen = result === 'unknown';
    return {
      result: 'unknown',
      nearest: isOpen ? [] : nearestMisses({ policies, context }),
      unknown: [
        ...openReasons({ policies, context, onlyDenies: !isOpen }),
        openRule,
      ],
    };
  }
  switch (result) {
    case 'allowed':
    case 'explicitly-denied':
      return { result, statement, nearest: [], unknown: [] };
    case 'unknown':
      return {
        result,
        nearest: [],
        // With an allow at hand, only the denies are open.
        unknown: openReasons({ policies, context, onlyDenies: isAllowSure }),
      };
    default:
      return {
        result,
        nearest: nearestMisses({ policies, context }),
        unknown: [],
      };
  }
}

function openReasons(options: Documents & { onlyDenies: boolean }): string[] {
  const { policies, context, onlyDenies } = options;
  const problems: string[] = [];
  const reasons: string[] = [];
  for (const policy of policies) {
    problems.push(...policy.problems.map(printProblem));
    for (const { compiled, truth } of policy.candidates(context)) {
      if (onlyDenies && !compiled.isDeny) {
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
