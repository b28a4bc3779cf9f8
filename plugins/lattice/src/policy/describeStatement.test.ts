import { fixtureStatement } from '../__testUtils__/fixtureDenial';
import { describeStatement } from './describeStatement';

describe('describeStatement', () => {
  it('says who may do what', () => {
    expect(describeStatement(fixtureStatement)).toEqual([
      ['Lets', 'batch-export of account 667788990011'],
      ['Call', '/items/export'],
      ['Only if', 'the method is GET'],
    ]);
  });

  it.each([
    [
      { Effect: 'Allow', Principal: '*' },
      [
        ['Lets', 'anyone'],
        ['Call', 'all paths'],
      ],
    ],
    [
      {
        Effect: 'Deny',
        NotPrincipal: { AWS: '*' },
        Action: 'other:Thing',
        Resource: '*',
      },
      [
        ['Refuses', 'everyone except anyone'],
        ['Do', 'other:Thing'],
        ['On', 'all paths'],
      ],
    ],
    [
      {
        Effect: 'Allow',
        Condition: {
          StringNotLike: {
            'vpc-lattice-svcs:RequestHeader/x-tenant': ['a*', 'b'],
          },
        },
      },
      [
        ['Call', 'all paths'],
        ['Only if', 'the header x-tenant is neither like a* nor b'],
      ],
    ],
  ] as const)('%j', (statement, meaning) => {
    expect(describeStatement(statement as any)).toEqual(meaning);
  });
});
