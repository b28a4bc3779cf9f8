import { lintPolicy } from './lintPolicy';
import { policyVocabulary } from './policyVocabulary';

describe('policyVocabulary', () => {
  const { actions, conditionKeys, operators } = policyVocabulary();

  const unknown = (statement: object) =>
    lintPolicy({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: '*',
          Action: 'vpc-lattice-svcs:Invoke',
          Resource: '*',
          ...statement,
        },
      ],
    }).filter(({ code }) => code.startsWith('unknown-'));

  it.each(actions)('has the action %s that the lint knows', action => {
    expect(unknown({ Action: action })).toEqual([]);
  });

  it.each(conditionKeys)(
    'has the key $name that the lint knows',
    ({ name }) => {
      const key = name.endsWith('/') ? `${name}name` : name;
      expect(unknown({ Condition: { StringEquals: { [key]: 'a' } } })).toEqual(
        [],
      );
    },
  );

  it.each(operators)('has the operator %s that the lint knows', operator => {
    const Condition = { [operator]: { 'vpc-lattice-svcs:SourceVpc': 'a' } };
    expect(unknown({ Condition })).toEqual([]);
  });

  it('begins with the keys of VPC Lattice', () => {
    expect(conditionKeys[0].name).toMatch(/^vpc-lattice-svcs:/);
    expect(conditionKeys.at(-1)?.name).not.toMatch(/^vpc-lattice-svcs:/);
  });
});
