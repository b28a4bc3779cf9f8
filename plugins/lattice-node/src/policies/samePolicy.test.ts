import { samePolicy } from './samePolicy';

const statement = {
  Effect: 'Allow',
  Principal: { AWS: ['b', 'a'] },
  Action: 'vpc-lattice-svcs:Invoke',
  Resource: ['*'],
  Condition: { StringEquals: { 'vpc-lattice-svcs:SourceVpc': ['x', 'y'] } },
};
const document = { Version: '2012-10-17', Statement: [statement] };

describe('samePolicy', () => {
  it.each<[string, unknown]>([
    ['the order of keys', { Statement: [statement], Version: '2012-10-17' }],
    ['a single statement', { ...document, Statement: statement }],
    [
      'the order of values',
      {
        ...document,
        Statement: [
          {
            ...statement,
            Principal: { AWS: ['a', 'b'] },
            Action: ['vpc-lattice-svcs:Invoke'],
            Resource: '*',
            Condition: {
              StringEquals: { 'vpc-lattice-svcs:SourceVpc': ['y', 'x'] },
            },
          },
        ],
      },
    ],
  ])('does not mind %s', (_, other) => {
    expect(
      samePolicy(JSON.stringify(document), JSON.stringify(other, null, 2)),
    ).toBe(true);
  });

  it.each<[string, unknown]>([
    ['a version', { ...document, Version: '2008-10-17' }],
    [
      'an effect',
      { ...document, Statement: [{ ...statement, Effect: 'Deny' }] },
    ],
    ['a Sid', { ...document, Statement: [{ ...statement, Sid: 'x' }] }],
    [
      'a principal',
      { ...document, Statement: [{ ...statement, Principal: '*' }] },
    ],
    ['one statement more', { ...document, Statement: [statement, statement] }],
  ])('minds %s', (_, other) => {
    expect(samePolicy(JSON.stringify(document), JSON.stringify(other))).toBe(
      false,
    );
  });

  it('compares what is no policy as text', () => {
    expect(samePolicy(undefined, undefined)).toBe(true);
    expect(samePolicy(undefined, '{}')).toBe(false);
    expect(samePolicy('not JSON', 'not JSON')).toBe(true);
    expect(samePolicy('not JSON', 'NOT JSON')).toBe(false);
  });
});
