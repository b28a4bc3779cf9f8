import { ANONYMOUS, RuleCase, SESSION, signed } from './RuleCase';

/** How layers and statements go together. */
export const combinationCases: RuleCase[] = [
  {
    rule: 'an allow for the session does not replace the identity allow',
    source: 'lattice',
    statements: [{ Principal: { AWS: SESSION } }],
    caller: signed({ arn: SESSION.replace('445566778899', '223344556677') }),
    identity: { policies: [] },
    expect: 'denied',
  },
  {
    rule: 'no allow denies, whatever else is not known',
    source: 'lattice',
    statements: [
      {
        Effect: 'Deny',
        Condition: {
          StringEquals: { 'vpc-lattice-svcs:RequestHeader/x-block': '1' },
        },
      },
    ],
    request: { headers: undefined },
    identity: 'not-known',
    expect: 'denied',
  },
  {
    rule: 'an identity that is not known leaves an allow open',
    source: 'lattice',
    statements: [{}],
    identity: 'not-known',
    expect: 'unknown',
  },
  {
    rule: 'an anonymous call needs no identity policy',
    source: 'lattice',
    statements: [{}],
    caller: ANONYMOUS,
    identity: 'not-known',
    expect: 'allowed',
  },
  {
    rule: 'a deny wins over an allow',
    source: 'evaluation',
    statements: [{ Effect: 'Deny' }],
    besideAllow: true,
    expect: 'explicitly-denied',
  },
  {
    rule: 'a deny of the identity policy wins',
    source: 'evaluation',
    layer: 'identity',
    statements: [{ Effect: 'Deny' }],
    besideAllow: true,
    expect: 'explicitly-denied',
  },
  {
    rule: 'a deny that is open leaves an allow open',
    source: 'evaluation',
    statements: [
      {
        Effect: 'Deny',
        Condition: {
          StringEquals: { 'vpc-lattice-svcs:RequestHeader/x-block': '1' },
        },
      },
    ],
    besideAllow: true,
    request: { headers: undefined },
    expect: 'unknown',
  },
  {
    rule: 'identity policies name no principal',
    source: 'principal',
    layer: 'identity',
    statements: [{ Principal: '*' }],
    expect: 'invalid',
  },
  {
    rule: 'the identity-side right of the root user is not documented',
    source: 'evaluation',
    statements: [{}],
    caller: signed({ arn: 'arn:aws:iam::445566778899:root' }),
    identity: { policies: [] },
    expect: 'unknown',
  },
];
