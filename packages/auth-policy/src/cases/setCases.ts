import { RuleCase } from './RuleCase';

const KEY = 'vpc-lattice-svcs:RequestQueryString/q';

function when(operator: string, value: unknown): RuleCase['statements'] {
  return [{ Condition: { [operator]: { [KEY]: value } } }];
}

function query(...q: string[]): RuleCase['request'] {
  return { query: { q } };
}

/** ForAllValues and ForAnyValue on a key that may have several values. */
export const setCases: RuleCase[] = [
  {
    rule: 'gRPC has no query, and AWS contradicts itself on ForAnyValue with negation',
    source: 'multivalued',
    statements: when('ForAnyValue:StringNotEquals', '1'),
    request: {
      query: undefined,
      headers: { 'content-type': 'application/grpc' },
    },
    expect: 'unknown',
  },
  {
    rule: 'ForAllValues is true for a null set',
    source: 'operators',
    statements: when('ForAllValues:StringEquals', '1'),
    request: query(''),
    expect: 'allowed',
  },
  {
    rule: 'ForAllValues is true for a missing key',
    source: 'multivalued',
    statements: when('ForAllValues:StringEquals', '1'),
    expect: 'allowed',
  },
  {
    rule: 'Null false closes ForAllValues for a missing key',
    source: 'multivalued',
    statements: [
      {
        Condition: {
          'ForAllValues:StringEquals': { [KEY]: '1' },
          Null: { [KEY]: 'false' },
        },
      },
    ],
    expect: 'denied',
  },
  {
    rule: 'ForAllValues wants every value to match',
    source: 'multivalued',
    statements: when('ForAllValues:StringEquals', ['1', '2']),
    request: query('1', '3'),
    expect: 'denied',
  },
  {
    rule: 'ForAnyValue with negation: some value matches none',
    source: 'operators',
    statements: when('ForAnyValue:StringNotEquals', '1'),
    request: query('1', '2'),
    expect: 'allowed',
  },
  {
    rule: 'ForAllValues with negation: no value matches any',
    source: 'operators',
    statements: when('ForAllValues:StringNotEquals', '1'),
    request: query('1', '2'),
    expect: 'denied',
  },
  {
    rule: 'ForAnyValue is false for a missing key, under Deny too',
    source: 'multivalued',
    statements: [
      { Effect: 'Deny', ...when('ForAnyValue:StringEquals', '1')[0] },
    ],
    besideAllow: true,
    expect: 'allowed',
  },
  {
    rule: 'ForAnyValue with IfExists is true for a missing key',
    source: 'operators',
    statements: when('ForAnyValue:StringEqualsIfExists', '1'),
    expect: 'allowed',
  },
  {
    rule: 'ForAnyValue:Null is always false',
    source: 'checks',
    statements: when('ForAnyValue:Null', 'true'),
    expect: 'denied',
  },
  {
    rule: 'ForAllValues:Null is always true',
    source: 'checks',
    statements: when('ForAllValues:Null', 'false'),
    expect: 'allowed',
  },
  {
    rule: 'several values without a set operator are not documented',
    source: 'multivalued',
    statements: when('StringEquals', '1'),
    request: query('1', '2'),
    expect: 'unknown',
  },
  {
    rule: 'one value without a set operator is compared',
    source: 'multivalued',
    statements: when('StringEquals', '1'),
    request: query('1'),
    expect: 'allowed',
  },
  {
    rule: 'ForAnyValue with no policy value never matches',
    source: 'checks',
    statements: when('ForAnyValue:StringEquals', []),
    request: query('1'),
    expect: 'denied',
  },

  {
    rule: 'ForAllValues of "*" is true of every query',
    source: 'multivalued',
    statements: when('ForAllValues:StringLike', '*'),
    request: { query: undefined },
    expect: 'allowed',
  },
  {
    rule: 'ForAnyValue of "*" is not, as there may be no value',
    source: 'multivalued',
    statements: when('ForAnyValue:StringLike', '*'),
    request: { query: undefined },
    expect: 'unknown',
  },
  {
    rule: 'without a set operator, "*" is open if there may be several values',
    source: 'multivalued',
    statements: when('StringLikeIfExists', '*'),
    request: { query: undefined },
    expect: 'unknown',
  },

  {
    rule: 'whether an empty value counts under ForAnyValue is not documented',
    source: 'multivalued',
    statements: when('ForAnyValue:StringLike', '*'),
    request: query(''),
    expect: 'unknown',
  },
  {
    rule: 'nor whether it does among others under ForAllValues',
    source: 'operators',
    statements: when('ForAllValues:StringEquals', '1'),
    request: query('', '1'),
    expect: 'unknown',
  },
  {
    rule: 'an empty value does not matter where another decides',
    source: 'multivalued',
    statements: when('ForAnyValue:StringLike', '*'),
    request: query('', '1'),
    expect: 'allowed',
  },
  {
    rule: 'gRPC-web is plain HTTP, with a query',
    source: 'lattice',
    statements: when('ForAnyValue:StringEquals', '1'),
    request: {
      ...query('1'),
      headers: { 'content-type': 'application/grpc-web+proto' },
    },
    expect: 'allowed',
  },
];
