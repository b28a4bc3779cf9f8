import fc from 'fast-check';
import { ANONYMOUS, ROLE, SERVICE, SESSION, signed } from '../cases/RuleCase';
import { AuthorizationRequest } from '../types';
import { OracleStatement } from './oracle';

// What is generated keeps to rules that AWS documents: the oracle has no unknowns.

const values = fc.uniqueArray(
  fc.constantFrom('a', 'b', 'A', 'ab', 'a*', '?b', '*', 'GET', '/a', '/*'),
  { minLength: 1, maxLength: 3 },
);
const withVariables = fc.uniqueArray(
  fc.constantFrom(
    'a',
    '${aws:PrincipalTag/t}',
    "${aws:PrincipalTag/t, 'b'}",
    'x${aws:PrincipalTag/u}*',
  ),
  { minLength: 1, maxLength: 2 },
);
const single = fc.constantFrom(
  'vpc-lattice-svcs:RequestMethod',
  'vpc-lattice-svcs:RequestPath',
  'vpc-lattice-svcs:RequestHeader/x-a',
  'aws:PrincipalTag/t',
  'aws:PrincipalOrgID',
  'aws:PrincipalAccount',
);
const texts = fc.constantFrom(
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
);

function condition(
  operator: fc.Arbitrary<string>,
  key: fc.Arbitrary<string>,
  wanted: fc.Arbitrary<string[]>,
) {
  return fc.record({ operator, key, wanted });
}

const conditions = fc.oneof(
  condition(
    fc
      .tuple(texts, fc.constantFrom('', 'IfExists'))
      .map(([operator, suffix]) => `${operator}${suffix}`),
    single,
    values,
  ),
  condition(texts, single, withVariables),
  condition(
    fc
      .tuple(
        fc.constantFrom(
          'ForAllValues:StringEquals',
          'ForAllValues:StringNotLike',
          'ForAllValues:StringLike',
          'ForAnyValue:StringEquals',
          'ForAnyValue:StringLike',
        ),
        fc.constantFrom('', 'IfExists'),
      )
      .map(([operator, suffix]) => `${operator}${suffix}`),
    fc.constantFrom(
      'vpc-lattice-svcs:RequestQueryString/q',
      'aws:PrincipalTag/t',
    ),
    values,
  ),
  condition(
    fc.constantFrom(
      'NumericEquals',
      'NumericNotEquals',
      'NumericLessThan',
      'NumericGreaterThanEquals',
    ),
    fc.constant('vpc-lattice-svcs:Port'),
    fc.uniqueArray(fc.constantFrom('80', '443', '443.0', '1000'), {
      minLength: 1,
      maxLength: 2,
    }),
  ),
  condition(
    fc.constantFrom('ArnLike', 'ArnNotLike'),
    fc.constant('aws:PrincipalArn'),
    fc
      .constantFrom(ROLE, 'arn:aws:iam::*:role/*', 'arn:aws:iam::1*:*')
      .map(text => [text]),
  ),
  condition(
    fc.constant('Null'),
    fc.constantFrom(
      'vpc-lattice-svcs:RequestHeader/x-a',
      'vpc-lattice-svcs:RequestQueryString/q',
      'aws:PrincipalTag/u',
    ),
    fc.constantFrom('true', 'false').map(text => [text]),
  ),
);

const resource = fc.constantFrom(
  '*',
  '*/a',
  '*/a/*',
  `${SERVICE}/*`,
  `${SERVICE}/a`,
  `${SERVICE}/a*`,
  `${SERVICE}/?`,
  `${SERVICE}/*/b`,
  `${SERVICE}/a*b*c`,
  `${SERVICE}/\${aws:PrincipalTag/t}`,
  `${SERVICE}/\${aws:PrincipalTag/u, 'b'}/*`,
);

/** A statement of an auth policy, within what the oracle understands. */
export const statement: fc.Arbitrary<OracleStatement> = fc
  .record({
    Effect: fc.constantFrom<'Allow' | 'Deny'>('Allow', 'Allow', 'Deny'),
    Principal: fc.constantFrom<OracleStatement['Principal']>(
      '*',
      '*',
      { AWS: '*' },
      { AWS: '445566778899' },
      { AWS: 'arn:aws:iam::445566778899:root' },
      { AWS: ROLE },
      { AWS: SESSION },
      { AWS: '111111111111' },
    ),
    Action: fc.constantFrom(
      '*',
      'vpc-lattice-svcs:Invoke',
      'vpc-lattice-svcs:*',
      'VPC-Lattice-svcs:inv?ke',
      'vpc-lattice-svcs:Connect',
    ),
    resource,
    isNegated: fc.constantFrom(false, false, false, true),
    conditions: fc.array(conditions, { maxLength: 2 }),
  })
  .map(({ resource: text, isNegated, conditions: list, ...rest }) => ({
    ...rest,
    [isNegated ? 'NotResource' : 'Resource']: text,
    ...(list.length > 0
      ? {
          Condition: Object.fromEntries(
            list.map(({ operator, key, wanted }) => [
              operator,
              { [key]: wanted },
            ]),
          ),
        }
      : {}),
  }));

/** What each attribute can be; a forgotten one can be any of these. */
export const POOLS = {
  method: ['GET', 'POST'],
  headers: [{}, { 'x-a': 'a' }, { 'x-a': 'ab' }] as Array<
    Record<string, string>
  >,
  query: [{}, { q: ['a'] }, { q: ['a', 'ab'] }, { q: ['b', 'GET'] }] as Array<
    Record<string, string[]>
  >,
  path: ['/a', '/b', '/ab', '/a/b', '/a/x/b', '/axbxc'],
  port: [80, 443, 8080],
};

const caller = fc.oneof(
  fc.constant(ANONYMOUS),
  fc
    .record({
      roleArn: fc.constant(ROLE),
      organizationId: fc.constantFrom('none', 'a'),
      tags: fc.constantFrom({}, { t: 'a' }, { t: 'b', u: 'a' }),
    })
    .map(signed),
);

/** A request of which everything is known. */
export const request: fc.Arbitrary<AuthorizationRequest> = fc.record({
  caller,
  method: fc.constantFrom(...POOLS.method),
  headers: fc.constantFrom(...POOLS.headers),
  query: fc.constantFrom(...POOLS.query),
  path: fc.constantFrom(...POOLS.path),
  port: fc.constantFrom(...POOLS.port),
  serviceArn: fc.constant(SERVICE),
});
