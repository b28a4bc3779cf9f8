import type {
  Completion,
  CompletionContext,
  CompletionResult,
} from '@codemirror/autocomplete';
import { positionAt, type JsonPosition } from './positionAt';
import {
  suggestionsFor,
  type PolicyNames,
  type Suggestion,
} from './suggestionsFor';

/** Completes keys and values of an auth policy: while they are typed in quotes, and everywhere when asked for. */
export function completePolicy(namesOf: () => PolicyNames) {
  return (context: CompletionContext): CompletionResult | null => {
    const position = positionAt(context.state, context.pos);
    if (!position || !(position.isQuoted || context.explicit)) {
      return null;
    }
    const suggestions = suggestionsFor(position, namesOf());
    return suggestions.length === 0
      ? null
      : {
          from: position.from,
          to: position.to,
          options: suggestions.map((suggestion, index) =>
            toCompletion(suggestion, position, index),
          ),
          validFor: /^[^"\s]*$/,
        };
  };
}

function toCompletion(
  { text, detail }: Suggestion,
  { role, isQuoted }: JsonPosition,
  index: number,
): Completion {
  return {
    label: text,
    detail,
    type: role === 'key' ? 'property' : 'text',
    // In the order of the tables: what belongs to VPC Lattice comes first.
    boost: -Math.min(index, 99),
    apply: isQuoted ? text : `"${text}"${role === 'key' ? ': ' : ''}`,
  };
}
