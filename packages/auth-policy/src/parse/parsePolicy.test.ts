import { parsePolicy } from './parsePolicy';

const SERVICE =
  'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-0123456789abcdef0';

function problemsOf(
  source: unknown,
  kind?: 'resource' | 'identity',
): Array<[string, string]> {
  const result = parsePolicy(source, { kind });
  return result.ok
    ? []
    : result.problems.map(({ path, message }) => [path, message]);
}

function statement(changes: Record<string, unknown>): unknown {
  return {
    Statement: [
      {
        Effect: 'Allow',
        Principal: '*',
        Action: '*',
        Resource: '*',
        ...changes,
      },
    ],
  };
}

describe('parsePolicy', () => {
  it('brings every shorthand into one shape', () => {
    const result = parsePolicy(
      JSON.stringify({
        Version: '2012-10-17',
        Statement: {
          Sid: 'One',
          Effect: 'Allow',
          Principal: { AWS: '123456789012', Service: ['lambda.amazonaws.com'] },
          NotAction: 'a:b',
          Resource: [`${SERVICE}/*`],
          Condition: {
            'ForAnyValue:StringLikeIfExists': { 'aws:PrincipalTag/x': 'y' },
            NumericEquals: { 'vpc-lattice-svcs:Port': 443 },
          },
        },
      }),
    );

    expect(result).toEqual({
      ok: true,
      policy: {
        kind: 'resource',
        version: '2012-10-17',
        id: undefined,
        statements: [
          {
            index: 0,
            sid: 'One',
            effect: 'Allow',
            principal: {
              negated: false,
              entries: [
                { type: 'AWS', value: '123456789012' },
                { type: 'Service', value: 'lambda.amazonaws.com' },
              ],
            },
            action: { negated: true, patterns: ['a:b'] },
            resource: { negated: false, patterns: [`${SERVICE}/*`] },
            conditions: [
              {
                operator: 'ForAnyValue:StringLikeIfExists',
                set: 'ForAnyValue',
                base: 'StringLike',
                ifExists: true,
                key: 'aws:PrincipalTag/x',
                values: [{ type: 'string', text: 'y' }],
              },
              {
                operator: 'NumericEquals',
                set: undefined,
                base: 'NumericEquals',
                ifExists: false,
                key: 'vpc-lattice-svcs:Port',
                values: [{ type: 'number', text: '443' }],
              },
            ],
          },
        ],
      },
    });
  });

  it('finds every problem at once, with its place in the text', () => {
    const text = [
      '{',
      '  "version": "2012-10-17",',
      '  "Statement": [',
      '    { "Effect": "allow", "Effect": "Allow", "Principal": "*",',
      '      "Action": "Invoke", "Resource": "*",',
      '      "Condition": { "stringequals": {}, "Bool": { "a:b": null } } }',
      '  ]',
      '}',
    ].join('\n');
    const result = parsePolicy(text);

    expect(result.ok ? [] : result.problems).toEqual([
      {
        path: '$.version',
        message: 'version must be written Version',
        line: 2,
        column: 3,
      },
      {
        path: '$.Statement[0].Effect',
        message: 'Effect is given twice',
        line: 4,
        column: 26,
      },
      {
        path: '$.Statement[0].Action',
        message: 'Action "Invoke" must be "*" or of the form service:Action',
        line: 5,
        column: 17,
      },
      {
        path: '$.Statement[0].Condition.stringequals',
        message: 'stringequals is no condition operator',
        line: 6,
        column: 38,
      },
      {
        path: '$.Statement[0].Condition.Bool["a:b"]',
        message: 'A condition value must be a string, number or boolean',
        line: 6,
        column: 59,
      },
    ]);
  });

  it.each<[string, unknown, Array<[string, string]>]>([
    ['no object', [], [['$', 'A policy must be an object']]],
    ['no statement', {}, [['$', 'Statement is missing']]],
    [
      'an unknown version',
      { Version: '2020-01-01', Statement: [] },
      [['$.Version', 'Version must be 2008-10-17 or 2012-10-17']],
    ],
    [
      'both of a pair',
      statement({ NotAction: 'a:b' }),
      [
        [
          '$.Statement[0].NotAction',
          "A statement can't have both Action and NotAction",
        ],
      ],
    ],
    [
      'nothing but braces',
      { Statement: {} },
      [
        ['$.Statement', 'Effect is missing'],
        ['$.Statement', 'Principal or NotPrincipal is missing'],
        ['$.Statement', 'Action or NotAction is missing'],
        ['$.Statement', 'Resource or NotResource is missing'],
      ],
    ],
    [
      'a principal that is a plain ARN',
      statement({ Principal: 'arn:aws:iam::123456789012:root' }),
      [
        [
          '$.Statement[0].Principal',
          'A principal other than "*" must be an object',
        ],
      ],
    ],
    [
      'a group as principal',
      statement({ Principal: { AWS: ['arn:aws:iam::123456789012:group/g'] } }),
      [
        [
          '$.Statement[0].Principal.AWS[0]',
          '"arn:aws:iam::123456789012:group/g" is no principal: name an account, role, session, user or federated user',
        ],
      ],
    ],
    [
      'values of several JSON types',
      statement({ Condition: { NumericEquals: { 'a:b': [1, '2'] } } }),
      [
        [
          '$.Statement[0].Condition.NumericEquals["a:b"]',
          'The values of one condition key must all have one JSON type',
        ],
      ],
    ],
    [
      'a condition key in two cases',
      statement({
        Condition: { StringEquals: { 'aws:userid': 'a', 'aws:UserId': 'b' } },
      }),
      [
        [
          '$.Statement[0].Condition.StringEquals["aws:UserId"]',
          'Condition key aws:UserId is given twice in different case',
        ],
      ],
    ],
    [
      'several booleans',
      statement({ Condition: { Bool: { 'a:b': ['true', 'false'] } } }),
      [['$.Statement[0].Condition.Bool["a:b"]', 'Bool takes one value']],
    ],
    ['undefined', undefined, [['$', 'A undefined is not JSON']]],
  ])('refuses %s', (_what, source, expected) => {
    expect(problemsOf(source)).toEqual(expected);
  });

  it.each([
    ['${aws:username', 'A policy variable has no closing brace'],
    ['${}', '"${}" is no policy variable'],
    ['${a b}', '"${a b}" is no policy variable'],
    ["${a:b, 'c}", '"${a:b, \'c}" is no policy variable'],
  ])('refuses the variable %s in version 2012-10-17', (value, message) => {
    const document = statement({ Resource: value }) as object;
    expect(problemsOf({ Version: '2012-10-17', ...document })).toEqual([
      ['$.Statement[0].Resource', message],
    ]);
    expect(problemsOf(document)).toEqual([]);
  });

  it('wants neither principal nor id in identity policies, and Sids once', () => {
    const one = { Sid: 'A', Effect: 'Allow', Action: '*', Resource: '*' };
    expect(problemsOf({ Id: 'x', Statement: [one, one] }, 'identity')).toEqual([
      ['$.Id', 'An identity-based policy has no Id'],
      ['$.Statement[1].Sid', 'Sid A is used by an earlier statement'],
    ]);
    expect(problemsOf(statement({}), 'identity')).toEqual([
      ['$.Statement[0].Principal', 'An identity-based policy has no Principal'],
    ]);
  });

  it.each([
    ['{"a":1,}', 8],
    ['{"Statement":[]} x', 18],
    ['"\u0001"', 1],
    ['', 1],
  ])('places the syntax error in %j', (text, column) => {
    const result = parsePolicy(text);
    expect(result.ok ? [] : result.problems).toEqual([
      {
        path: '$',
        message: expect.stringContaining('Expected'),
        line: 1,
        column,
      },
    ]);
  });

  it('ends on hostile input', () => {
    const itself: Record<string, unknown> = {};
    itself.Statement = itself;
    expect(problemsOf(itself)).toEqual([['$', 'JSON is nested too deep']]);
    expect(problemsOf('['.repeat(100000))).toEqual([
      ['$', 'JSON is nested too deep'],
    ]);
    expect(
      problemsOf('{"__proto__": {"Statement": []}, "Statement": []}'),
    ).toEqual([['$.__proto__', 'A policy has no element __proto__']]);
    expect(problemsOf(`"${'\\"'.repeat(1000000)}`)).toHaveLength(1);
  });
});
