import type { CompiledElement } from '../decide/CompiledStatement';
import { RequestContext } from '../facts/RequestContext';
import { INVOKE } from '../match/compileAction';
import { printText } from '../match/PartialText';
import { Statement } from '../parse/Policy';
import { FailedElement, FailureCode } from '../types';
import { explainCondition } from './explainCondition';
import { printList } from './printList';

/** Says why an element of a statement doesn't apply to a request. */
export type Explainer = (context: RequestContext) => FailedElement;

/** Prepares all of an explanation that is the same for every request. */
export function compileExplainer(
  element: CompiledElement,
  statement: Statement,
): Explainer {
  switch (element.name) {
    case 'Principal':
      return explainPrincipal(statement);
    case 'Action':
      return explainPatterns({
        name: 'Action',
        element: statement.action,
        got: context => context.action,
        what: got =>
          got === INVOKE ? `an HTTP call is ${got}` : `the call is ${got}`,
      });
    case 'Resource':
      return explainPatterns({
        name: 'Resource',
        element: statement.resource,
        got: context => printText(context.resources[0]),
        what: got => `the call goes to ${got}`,
      });
    default:
      return element.condition
        ? explainCondition(element.condition)
        : () => ({
            code: 'condition-value-differs',
            element: 'Condition',
            wanted: [],
            message: 'The condition fails.',
          });
  }
}

function explainPrincipal(statement: Statement): Explainer {
  const { entries = [], negated = false } = statement.principal ?? {};
  const wanted = entries.map(({ value }) => value);
  const element = negated ? 'NotPrincipal' : 'Principal';
  const isEmpty = wanted.length === 0;
  const code = negated ? 'principal-excluded' : 'principal-not-listed';
  const beginning = `The statement is for ${
    negated ? 'everybody but ' : ''
  }${printList(wanted)}, but `;
  return ({ caller }) => {
    const got = 'arn' in caller ? caller.arn : caller.kind;
    return {
      code: isEmpty ? 'principal-empty' : code,
      element: isEmpty ? 'Principal' : element,
      wanted,
      got: [got],
      message: isEmpty
        ? 'The statement names no principal, so it has no effect.'
        : `${beginning}the caller is ${got}.`,
    };
  };
}

function explainPatterns(options: {
  name: 'Action' | 'Resource';
  element: Statement['action'];
  got: (context: RequestContext) => string;
  what: (got: string) => string;
}): Explainer {
  const { name, element, got, what } = options;
  const { negated, patterns } = element;
  const verb = name === 'Action' ? 'is about' : 'covers';
  const code = codeOf(name === 'Action' ? 'action' : 'resource', element);
  const elementName = negated ? `Not${name}` : name;
  const beginning = `The statement ${verb} ${
    negated ? 'everything but ' : ''
  }${printList(patterns)}, but `;
  return context => {
    const gotText = got(context);
    return {
      code,
      element: elementName,
      wanted: patterns,
      got: [gotText],
      message:
        patterns.length === 0
          ? `The statement names no ${name.toLowerCase()}, so it has no effect.`
          : `${beginning}${what(gotText)}.`,
    };
  };
}

function codeOf(
  name: 'action' | 'resource',
  { negated, patterns }: Statement['action'],
): FailureCode {
  if (patterns.length === 0) {
    return `${name}-empty`;
  }
  return negated ? `${name}-excluded` : `${name}-not-listed`;
}
