import { lintPolicy, LintPolicyOptions } from './lintPolicy';

const SERVICE =
  'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-0123456789abcdef0';
const ROLE = 'arn:aws:iam::445566778899:role/orders-client';

function policy(...statements: Array<Record<string, unknown>>): object {
  return {
    Version: '2012-10-17',
    Statement: statements.map(statement => ({
      Effect: 'Allow',
      ...('NotPrincipal' in statement ? {} : { Principal: { AWS: ROLE } }),
      ...('NotAction' in statement
        ? {}
        : { Action: 'vpc-lattice-svcs:Invoke' }),
      Resource: `${SERVICE}/*`,
      ...statement,
    })),
  };
}

function when(
  operator: string,
  key: string,
  value: unknown = 'a',
): Record<string, unknown> {
  return { Condition: { [operator]: { [key]: value } } };
}

function codes(source: unknown, options?: LintPolicyOptions): string[] {
  return lintPolicy(source, options).map(({ code, path }) => `${code} ${path}`);
}

const C = '$.Statement[0].Condition';

describe('lintPolicy', () => {
  it.each<[string, object[], string[]]>([
    ['nothing', [{}], []],
    [
      'everything for everybody',
      [{ Principal: '*', Resource: '*', Action: '*' }],
      ['allow-all $.Statement[0]'],
    ],
    [
      'everybody',
      [{ Principal: { AWS: ['1'.repeat(12), '*'] } }],
      ['allows-anonymous $.Statement[0].Principal'],
    ],
    [
      'a guard in the statement',
      [
        {
          Principal: '*',
          ...when('StringNotEquals', 'aws:PrincipalType', 'Anonymous'),
        },
      ],
      [],
    ],
    [
      'a guard by organization',
      [
        {
          Principal: '*',
          ...when('StringEquals', 'aws:PrincipalOrgID', 'o-a'),
        },
      ],
      [],
    ],
    [
      'a guard in another statement',
      [
        { Principal: '*', Resource: '*' },
        {
          Effect: 'Deny',
          Principal: '*',
          Resource: '*',
          ...when('StringEquals', 'aws:PrincipalType', 'Anonymous'),
        },
      ],
      [],
    ],
    [
      'a guard that guards something else',
      [
        { Principal: '*' },
        {
          Effect: 'Deny',
          Principal: '*',
          Resource: '*/admin',
          ...when('StringEquals', 'aws:PrincipalType', 'Anonymous'),
        },
      ],
      ['allows-anonymous $.Statement[0].Principal'],
    ],
    [
      'a guard that is none',
      [{ Principal: '*', ...when('StringLike', 'vpc-lattice-svcs:SourceVpc') }],
      ['allows-anonymous $.Statement[0].Principal'],
    ],
    [
      'the control plane',
      [{ Action: ['vpc-lattice:GetService', 'vpc-lattice-svcs:*'] }],
      ['unknown-action $.Statement[0].Action[0]'],
    ],
    [
      'an action of nothing',
      [{ Action: 's3:GetObject' }],
      [
        'unknown-action $.Statement[0].Action',
        'never-matches $.Statement[0].Action',
      ],
    ],
    [
      'no action but all',
      [{ NotAction: 'vpc-lattice-svcs:*' }],
      ['never-matches $.Statement[0].NotAction'],
    ],
    [
      'empty lists',
      [{ Action: [], Resource: [], Principal: { AWS: [] } }],
      [
        'never-matches $.Statement[0].Action',
        'never-matches $.Statement[0].Resource',
        'never-matches $.Statement[0].Principal',
      ],
    ],
    [
      'the ARN of a network',
      [{ Resource: SERVICE.replace('service/svc', 'servicenetwork/sn') }],
      ['never-matches $.Statement[0].Resource'],
    ],
    [
      'a path as resource',
      [{ Resource: '/rates' }],
      ['never-matches $.Statement[0].Resource'],
    ],
    ['a path after a wildcard', [{ Resource: '*/rates' }], []],
    [
      'a bare service',
      [{ Resource: [`${SERVICE}/a`, SERVICE] }],
      ['uncertain-resource $.Statement[0].Resource[1]'],
    ],
    [
      'NotPrincipal',
      [{ Effect: 'Deny', NotPrincipal: { AWS: ROLE } }],
      ['not-principal $.Statement[0].NotPrincipal'],
    ],
    [
      'an unknown key',
      [when('StringEquals', 'aws:PrincipleOrgID')],
      [`unknown-condition-key ${C}.StringEquals["aws:PrincipleOrgID"]`],
    ],
    [
      'a key in another case',
      [when('StringEquals', 'vpc-lattice-svcs:requestmethod', 'GET')],
      [
        `condition-key-case ${C}.StringEquals["vpc-lattice-svcs:requestmethod"]`,
      ],
    ],
    [
      'a global key in another case',
      [when('StringEquals', 'AWS:principalorgid')],
      [],
    ],
    [
      'a key whose content is open',
      [when('IpAddress', 'aws:SourceIp', '10.0.0.0/8')],
      [`undocumented-condition-key ${C}.IpAddress["aws:SourceIp"]`],
    ],
    [
      'a key that VPC Lattice never has',
      [when('StringEquals', 'aws:VpceAccount')],
      [`impossible-condition-key ${C}.StringEquals["aws:VpceAccount"]`],
    ],
    [
      'Connect with a path',
      [
        {
          Action: 'vpc-lattice-svcs:Connect',
          ...when('StringEquals', 'vpc-lattice-svcs:RequestPath', '/'),
        },
      ],
      [
        `impossible-condition-key ${C}.StringEquals["vpc-lattice-svcs:RequestPath"]`,
      ],
    ],
    [
      'the query string of gRPC',
      [
        {
          Condition: {
            StringLike: {
              'vpc-lattice-svcs:RequestHeader/content-type':
                'application/grpc*',
            },
            'ForAnyValue:StringEquals': {
              'vpc-lattice-svcs:RequestQueryString/q': '1',
            },
          },
        },
      ],
      [
        `impossible-condition-key ${C}["ForAnyValue:StringEquals"]["vpc-lattice-svcs:RequestQueryString/q"]`,
      ],
    ],
    [
      'an operator of another type',
      [when('StringEquals', 'vpc-lattice-svcs:Port', '443')],
      [`operator-type ${C}.StringEquals["vpc-lattice-svcs:Port"]`],
    ],
    [
      'several values without set operator',
      [when('StringEquals', 'vpc-lattice-svcs:RequestQueryString/q')],
      [
        `set-operator ${C}.StringEquals["vpc-lattice-svcs:RequestQueryString/q"]`,
      ],
    ],
    [
      'a set operator on one value',
      [when('ForAllValues:StringEquals', 'aws:PrincipalOrgID')],
      [`set-operator ${C}["ForAllValues:StringEquals"]["aws:PrincipalOrgID"]`],
    ],
    [
      'values that are never met',
      [
        {
          Condition: {
            NumericEquals: { 'vpc-lattice-svcs:Port': ['443', 'https'] },
            DateLessThan: { 'aws:CurrentTime': 'tomorrow' },
            StringEquals: {
              'vpc-lattice-svcs:RequestMethod': 'get',
              'vpc-lattice-svcs:RequestHeader/x': 'a*',
            },
          },
        },
      ],
      [
        `bad-value ${C}.NumericEquals["vpc-lattice-svcs:Port"][1]`,
        `bad-value ${C}.DateLessThan["aws:CurrentTime"]`,
        `bad-value ${C}.StringEquals["vpc-lattice-svcs:RequestMethod"]`,
        `bad-value ${C}.StringEquals["vpc-lattice-svcs:RequestHeader/x"]`,
        // No time is before a date that is none.
        `never-matches ${C}`,
      ],
    ],
    [
      'conditions that exclude each other',
      [
        {
          Condition: {
            StringEquals: { 'aws:PrincipalOrgID': 'o-a' },
            Null: { 'aws:principalorgid': 'true' },
          },
        },
      ],
      [`never-matches ${C}.StringEquals["aws:PrincipalOrgID"]`],
    ],
    [
      'conditions that exclude the principal',
      [when('StringEquals', 'aws:PrincipalAccount', '1'.repeat(12))],
      [`never-matches ${C}`],
    ],
    [
      'Sids',
      [{ Sid: 'a' }, { Sid: 'a', Effect: 'Deny' }, { Sid: 'a-b' }],
      [
        'duplicate-sid $.Statement[1].Sid',
        'sid-characters $.Statement[2].Sid',
        'redundant-statement $.Statement[2]',
      ],
    ],
  ])('finds %s', (_name, statements, expected) => {
    expect(
      codes(policy(...(statements as Array<Record<string, unknown>>))),
    ).toEqual(expected);
  });

  it.each<[LintPolicyOptions['protocol'], string, number]>([
    ['TLS_PASSTHROUGH', 'vpc-lattice-svcs:RequestMethod', 1],
    ['TLS_PASSTHROUGH', 'vpc-lattice-svcs:SourceVpc', 0],
    ['GRPC', 'vpc-lattice-svcs:RequestMethod', 0],
    ['HTTP', 'vpc-lattice-svcs:RequestMethod', 0],
  ])('knows that %s has %s or not', (protocol, key, count) => {
    const source = policy(when('StringLike', key, 'A'));

    expect(codes(source, { protocol })).toHaveLength(count);
  });

  it('finds variables where they are plain text, and only there', () => {
    const statement = {
      Resource: `${SERVICE}/\${aws:PrincipalTag/team}/*`,
      ...when('StringEquals', 'vpc-lattice-svcs:RequestHeader/x', [
        'a',
        '${aws:PrincipalTag/x}',
      ]),
    };
    const document = policy(statement);

    expect(codes(document)).toEqual([]);
    for (const Version of ['2008-10-17', undefined]) {
      expect(codes({ ...document, Version })).toEqual([
        'variable-in-old-version $.Statement[0].Resource',
        `variable-in-old-version ${C}.StringEquals["vpc-lattice-svcs:RequestHeader/x"][1]`,
      ]);
    }
  });

  it('says where in the text, also for a single statement without brackets', () => {
    const text = [
      '{ "Statement": {',
      '  "Effect": "Allow", "Principal": "*",',
      '  "Action": "*", "Resource": "*",',
      '  "Condition": { "Bool": { "a:b": true } } } }',
    ].join('\n');

    expect(lintPolicy(text)).toEqual([
      expect.objectContaining({ code: 'line-break', line: 1, column: 17 }),
      expect.objectContaining({
        code: 'allows-anonymous',
        path: '$.Statement.Principal',
        line: 2,
        column: 22,
      }),
      {
        code: 'unknown-condition-key',
        severity: 'error',
        path: '$.Statement.Condition.Bool["a:b"]',
        message: 'a:b is no condition key that a call to a service can have.',
        line: 4,
        column: 28,
      },
    ]);
  });

  it('measures the policy with and without white space', () => {
    const long = JSON.stringify(
      policy({ Resource: `${SERVICE}/${'x'.repeat(9000)}` }),
    );

    expect(codes(long)).toEqual([]);
    expect(lintPolicy(long + ' '.repeat(1000))).toEqual([
      expect.objectContaining({ code: 'policy-too-long', severity: 'warning' }),
    ]);
    expect(lintPolicy(policy({ Resource: 'x'.repeat(10000) }))).toContainEqual(
      expect.objectContaining({ code: 'policy-too-long', severity: 'error' }),
    );
  });

  it('passes on what makes a policy invalid', () => {
    expect(
      codes(policy({ Effect: 'allow', ...when('StringsEqual', 'a:b') })),
    ).toEqual([
      'invalid-policy $.Statement[0].Effect',
      `unknown-operator ${C}.StringsEqual`,
    ]);
    expect(codes('{')).toEqual(['invalid-policy $']);
    expect(codes(undefined)).toEqual(['invalid-policy $']);
  });

  it('lets identity policies speak of other services', () => {
    const statement = {
      Effect: 'Allow',
      Action: 's3:*',
      Resource: 'arn:aws:s3:::bucket',
      ...when('StringEquals', 's3:prefix'),
    };

    expect(codes({ Statement: statement }, { kind: 'identity' })).toEqual([]);
  });
});
