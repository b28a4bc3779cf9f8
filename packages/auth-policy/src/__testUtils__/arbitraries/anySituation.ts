import fc from 'fast-check';
import { OracleAttachment, OracleSituation, OracleStatement } from '../oracle';
import { anyRequest } from './anyRequest';
import { anyStatement } from './anyStatement';
import { documentsOf, limitsOf } from './documentsOf';
import { mostly } from './mostly';
import { version } from './situation';
import { statementsOf } from './statementOf';

// Beside what AWS documents, everything that it leaves open: for laws that hold anyway.

/** A situation of which not everything needs to be known. */
export interface AnySituation
  extends Omit<OracleSituation, 'network' | 'service' | 'identity'> {
  network: OracleAttachment | 'unreadable';
  service: OracleAttachment | 'unreadable';
  identity: OracleStatement[][] | 'unreadable' | 'not-known';
}

const statements = {
  resource: statementsOf(anyStatement.resource, 'resource'),
  identity: statementsOf(anyStatement.identity, 'identity'),
};
const attachment = fc.oneof(
  { weight: 6, arbitrary: statements.resource },
  { weight: 4, arbitrary: fc.constant('NONE' as const) },
  fc.constantFrom('no-policy' as const, 'unreadable' as const),
);
const documents = documentsOf(statements.identity);

/** A call, known or not in the ways that AWS leaves open, and policies in all layers. */
export const anySituation: fc.Arbitrary<AnySituation> = fc.record({
  version,
  request: anyRequest,
  network: attachment,
  service: mostly<AnySituation['service']>(statements.resource, attachment),
  identity: fc.oneof(
    { weight: 12, arbitrary: documents },
    fc.constantFrom('unreadable' as const, 'not-known' as const),
  ),
  limits: limitsOf(documents),
});
