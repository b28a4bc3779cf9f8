import { functionName } from './evaluate';
import { subPieces } from './subVariables';

/** A mention of a parameter, pseudo parameter or resource in a template. */
export interface Reference {
  name: string;
  /** Present for `Fn::GetAtt` and `${Resource.Attribute}`. */
  attribute?: string;
}

function fromSub(argument: unknown): Reference[] {
  const [text, variables] = Array.isArray(argument)
    ? argument
    : [argument, undefined];
  const given = Object.keys(variables ?? {});
  return subPieces(String(text)).flatMap(piece => {
    if ('literal' in piece || given.includes(piece.variable)) {
      return [];
    }
    const [name, ...attribute] = piece.variable.split('.');
    return attribute.length > 0
      ? [{ name, attribute: attribute.join('.') }]
      : [{ name }];
  });
}

/**
 * All references in a value. Where the outcome of conditions is known only the branch of `Fn::If`
 * that is taken counts.
 */
export function collectReferences(
  value: unknown,
  conditions?: Record<string, boolean>,
): Reference[] {
  if (Array.isArray(value)) {
    return value.flatMap(item => collectReferences(item, conditions));
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const name = functionName(value);
  const argument = name && (value as Record<string, any>)[name];
  if (name === 'Ref') {
    return [{ name: String(argument) }];
  }
  if (name === 'Fn::GetAtt') {
    const [resource, ...attribute] = Array.isArray(argument)
      ? argument
      : String(argument).split('.');
    return typeof attribute[0] === 'object'
      ? [{ name: resource }, ...collectReferences(attribute, conditions)]
      : [{ name: resource, attribute: attribute.join('.') }];
  }
  if (name === 'Fn::Sub') {
    const variables = Array.isArray(argument) ? argument[1] : undefined;
    return [...fromSub(argument), ...collectReferences(variables, conditions)];
  }
  if (name === 'Fn::If' && Array.isArray(argument) && conditions) {
    const outcome = conditions[String(argument[0])];
    return collectReferences(outcome ? argument[1] : argument[2], conditions);
  }
  return Object.values(value).flatMap(item =>
    collectReferences(item, conditions),
  );
}
