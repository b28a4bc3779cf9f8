import fc from 'fast-check';
import { OracleLimits, OracleStatement } from '../oracle';
import { mostly } from './mostly';

/** Everything allowed: always the same list, whose document is compiled once. */
export const OPEN_IDENTITY: OracleStatement[] = [
  { Effect: 'Allow', Action: '*', Resource: '*' },
];

/** Documents of a caller: often one that allows everything, and up to two. */
export function documentsOf(
  statements: fc.Arbitrary<OracleStatement[]>,
): fc.Arbitrary<OracleStatement[][]> {
  return mostly<OracleStatement[][]>(
    fc.constant([OPEN_IDENTITY]),
    fc.array(statements, { maxLength: 2 }),
  );
}

/** What limits a caller: mostly nothing. */
export function limitsOf(
  documents: fc.Arbitrary<OracleStatement[][]>,
): fc.Arbitrary<OracleLimits> {
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constant<OracleLimits>({ serviceControlPolicies: [] }),
    },
    fc.record(
      {
        permissionsBoundary: documents,
        sessionPolicies: documents,
        serviceControlPolicies: fc.array(documents, { maxLength: 2 }),
      },
      { requiredKeys: ['serviceControlPolicies'] },
    ),
  );
}
