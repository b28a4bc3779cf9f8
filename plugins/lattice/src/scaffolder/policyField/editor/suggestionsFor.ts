import { policyVocabulary } from '@lattice-portal/auth-policy';
import type { Choice } from '../../Choice';
import type { JsonPosition } from './positionAt';

/** Something that may stand at a place of an auth policy. */
export interface Suggestion {
  text: string;
  /** What it is, in a word or two. */
  detail?: string;
}

/** What the estate knows that a policy may name. */
export interface PolicyNames {
  networkArn?: string;
  callers: Choice[];
}

const { actions, conditionKeys, operators } = policyVocabulary();

const sets = ['ForAnyValue', 'ForAllValues'];

const elements: Suggestion[] = [
  'Sid',
  'Effect',
  'Principal',
  'Action',
  'Resource',
  'Condition',
  'NotPrincipal',
  'NotAction',
  'NotResource',
].map(text => ({ text }));

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * What may stand at a place of an auth policy, by the tables of the engine.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html
 */
export function suggestionsFor(
  position: Pick<JsonPosition, 'path' | 'role'>,
  names: PolicyNames,
): Suggestion[] {
  const { path, role } = position;
  return role === 'key' ? keysAt(path) : valuesAt(path, names);
}

function keysAt(path: string[]): Suggestion[] {
  const [root, element, operator, ...deeper] = path;
  if (root === undefined) {
    return ['Version', 'Id', 'Statement'].map(text => ({ text }));
  }
  if (root !== 'Statement' || deeper.length > 0) {
    return [];
  }
  if (element === undefined) {
    return elements;
  }
  if (/^(Not)?Principal$/.test(element) && operator === undefined) {
    return [{ text: 'AWS' }];
  }
  if (element !== 'Condition') {
    return [];
  }
  return operator === undefined
    ? [
        ...operators.map(text => ({ text })),
        ...sets.flatMap(set =>
          operators.map(name => ({ text: `${set}:${name}` })),
        ),
      ]
    : conditionKeys.map(({ name, type }) => ({ text: name, detail: type }));
}

function valuesAt(path: string[], names: PolicyNames): Suggestion[] {
  const [root, element, operator, key] = path;
  if (root === 'Version') {
    return [{ text: '2012-10-17' }, { text: '2008-10-17' }];
  }
  if (root !== 'Statement') {
    return [];
  }
  switch (element) {
    case 'Effect':
      return [{ text: 'Allow' }, { text: 'Deny' }];
    case 'Action':
    case 'NotAction':
      return [...actions, '*'].map(text => ({ text }));
    case 'Resource':
    case 'NotResource':
      return [{ text: '*', detail: 'every path of the service' }];
    case 'Principal':
    case 'NotPrincipal':
      return [{ text: '*', detail: 'everyone' }, ...principalsOf(names)];
    case 'Condition':
      return operator && key ? conditionValues(key, names) : [];
    default:
      return [];
  }
}

function conditionValues(key: string, names: PolicyNames): Suggestion[] {
  switch (key) {
    case 'vpc-lattice-svcs:RequestMethod':
      return methods.map(text => ({ text }));
    case 'vpc-lattice-svcs:ServiceNetworkArn':
      return names.networkArn
        ? [{ text: names.networkArn, detail: 'the chosen network' }]
        : [];
    case 'aws:PrincipalType':
      return ['Anonymous', 'AssumedRole', 'User', 'Account'].map(text => ({
        text,
      }));
    case 'aws:PrincipalArn':
      return principalsOf(names);
    case 'aws:PrincipalAccount':
    case 'vpc-lattice-svcs:SourceVpcOwnerAccount':
      return [...new Set(names.callers.map(({ id }) => id.split(':')[4]))]
        .filter(Boolean)
        .map(text => ({ text }));
    default:
      return [];
  }
}

function principalsOf({ callers }: PolicyNames): Suggestion[] {
  return callers.map(({ id, label }) => ({ text: id, detail: label }));
}
