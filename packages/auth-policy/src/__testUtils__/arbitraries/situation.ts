import fc from 'fast-check';
import { OracleAttachment, OracleSituation } from '../oracle';
import { documentedParts } from './documentedParts';
import { documentsOf, limitsOf } from './documentsOf';
import { mostly } from './mostly';
import { request } from './request';
import { statementOf, statementsOf } from './statementOf';

// What is generated here keeps to rules that AWS documents: the oracle has no unknowns.

/** Mostly the one that knows policy variables. */
export const version = fc.constantFrom<OracleSituation['version'][]>(
  '2012-10-17',
  '2012-10-17',
  '2012-10-17',
  '2008-10-17',
);

const authPolicy = statementsOf(
  statementOf(documentedParts, 'resource'),
  'resource',
);
const attachment = fc.oneof(
  { weight: 3, arbitrary: authPolicy },
  { weight: 2, arbitrary: fc.constant('NONE' as const) },
  fc.constant('no-policy' as const),
);
const callersPolicies = documentsOf(
  statementsOf(statementOf(documentedParts, 'identity'), 'identity'),
);

/** A call of which everything is known, and policies in all layers. */
export const situation: fc.Arbitrary<OracleSituation> = fc.record({
  version,
  request,
  network: attachment,
  service: mostly<OracleAttachment>(authPolicy, attachment),
  identity: callersPolicies,
  limits: limitsOf(callersPolicies),
});
