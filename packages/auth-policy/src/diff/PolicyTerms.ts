import { ConditionElement, Policy, Statement } from '../parse/Policy';

/** Everything that the statements of some policies tell requests apart by. */
export interface PolicyTerms {
  /** Patterns of resources, with `*` for variables. */
  resources: string[];
  /** Principals by ARN or account, without `*`. */
  principals: string[];
  /** Conditions by key: in lower case, but as written behind the slash. */
  conditions: Map<string, ConditionElement[]>;
  /** Whether a policy has variables, which tie attributes of a request together. */
  hasVariables: boolean;
}

/** What stands for the value of a variable. */
export const VARIABLE_VALUE = 'a';
const VARIABLE = /\$\{([^\s,${}']+)(?:, '[^']*')?\}/g;

/** Collects what policies tell requests apart by. */
export function termsOf(policies: readonly Policy[]): PolicyTerms {
  const resources = new Set<string>();
  const principals = new Set<string>();
  const conditions: PolicyTerms['conditions'] = new Map();
  let hasVariables = false;
  const add = (condition: ConditionElement) => {
    const key = keyOf(condition.key);
    conditions.set(key, [...(conditions.get(key) ?? []), condition]);
  };
  for (const { version, statements } of policies) {
    for (const statement of statements) {
      for (const text of textsOf(statement)) {
        for (const [, name] of version === '2012-10-17'
          ? text.matchAll(VARIABLE)
          : []) {
          hasVariables = true;
          add(equals(name, VARIABLE_VALUE));
        }
      }
      statement.resource.patterns.forEach(text => resources.add(text));
      for (const { type, value } of statement.principal?.entries ?? []) {
        if (type === 'AWS' && value !== '*') {
          principals.add(value);
        }
      }
      statement.conditions?.forEach(add);
    }
  }
  return {
    resources: [...resources].flatMap(withoutVariables),
    principals: [...principals],
    conditions,
    hasVariables,
  };
}

/** A text with its variables filled in by what stands for their values, and by `*`. */
export function withoutVariables(text: string): string[] {
  const literal = text.replace(/\$\{([*?$])\}/g, '$1');
  return VARIABLE.test(literal)
    ? [
        literal.replace(VARIABLE, VARIABLE_VALUE),
        literal.replace(VARIABLE, '*'),
      ]
    : [literal];
}

function keyOf(name: string): string {
  const slash = name.indexOf('/');
  return slash === -1
    ? name.toLowerCase()
    : name.slice(0, slash).toLowerCase() + name.slice(slash);
}

function equals(key: string, text: string): ConditionElement {
  const operator = 'StringEquals';
  const values = [{ text, type: 'string' as const }];
  return { operator, base: operator, ifExists: false, key, values };
}

function textsOf({ resource, conditions = [] }: Statement): string[] {
  return [
    ...resource.patterns,
    ...conditions.flatMap(({ values }) => values.map(({ text }) => text)),
  ];
}
