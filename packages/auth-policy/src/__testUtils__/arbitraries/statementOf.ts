import fc from 'fast-check';
import { OracleStatement } from '../oracle';
import { ConditionChoice } from './condition';
import { mostly } from './mostly';

/** Some members of a statement. */
export type Part = Partial<OracleStatement>;

/**
 * Conditions in AWS's shape; operators and keys come together as they do there. A key that
 * stands there in another case already is left out: that isn't valid.
 */
function conditionElement(choices: ConditionChoice[]): Part {
  const element: Record<string, Record<string, string[]>> = {};
  for (const { operator, key, wanted } of choices) {
    const keys = (element[operator] ??= {});
    const isOther = (other: string) =>
      other !== key && other.toLowerCase() === key.toLowerCase();
    if (!Object.keys(keys).some(isOther)) {
      keys[key] = wanted;
    }
  }
  return choices.length > 0 ? { Condition: element } : {};
}

/** What the parts of a statement are drawn from. */
export interface StatementParts {
  principal: fc.Arbitrary<Part>;
  notPrincipal: fc.Arbitrary<Part>;
  action: fc.Arbitrary<Part>;
  resource: fc.Arbitrary<Part>;
  condition: fc.Arbitrary<ConditionChoice>;
}

/** A statement of an auth policy, or of an identity-based one. */
export function statementOf(
  parts: StatementParts,
  kind: 'resource' | 'identity',
): fc.Arbitrary<OracleStatement> {
  const rest = fc.tuple(
    parts.action,
    parts.resource,
    fc.array(parts.condition, { maxLength: 2 }).map(conditionElement),
  );
  const effect = fc.constantFrom<Part>(
    { Effect: 'Allow' },
    { Effect: 'Allow' },
    { Effect: 'Deny' },
  );
  const head =
    kind === 'identity'
      ? effect.map(each => [each])
      : mostly<Part[]>(
          fc.tuple(effect, parts.principal),
          // It goes with a deny alone.
          parts.notPrincipal.map(each => [{ Effect: 'Deny' }, each]),
        );
  return fc
    .tuple(head, rest)
    .map(all => Object.assign({}, ...all.flat()) as OracleStatement);
}

/** Some statements, often with one that allows a lot. */
export function statementsOf(
  statement: fc.Arbitrary<OracleStatement>,
  kind: 'resource' | 'identity',
): fc.Arbitrary<OracleStatement[]> {
  const wide: OracleStatement = {
    Effect: 'Allow',
    ...(kind === 'identity' ? {} : { Principal: '*' }),
    Action: 'vpc-lattice-svcs:Invoke',
    Resource: '*',
  };
  return fc
    .tuple(fc.boolean(), fc.array(statement, { maxLength: 3 }))
    .map(([isWide, some]) => (isWide ? [...some, wide] : some));
}
