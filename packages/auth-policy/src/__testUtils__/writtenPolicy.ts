import fc from 'fast-check';
import { ROLE, SERVICE } from '../cases/RuleCase';

const many = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof(value, fc.array(value, { maxLength: 3 }));
const operator = fc.constantFrom(
  'StringEquals',
  'StringLike',
  'StringNotEquals',
  'StringEqualsIfExists',
  'ForAnyValue:StringLike',
  'ForAllValues:StringNotLikeIfExists',
);
const key = fc.constantFrom(
  'vpc-lattice-svcs:RequestMethod',
  'vpc-lattice-svcs:RequestHeader/h',
  'vpc-lattice-svcs:RequestQueryString/q',
  'aws:PrincipalTag/__proto__',
);
const condition = fc.oneof(
  fc.dictionary(
    operator,
    fc.dictionary(key, many(fc.constantFrom('GET', 'a*', '', 'PUT'))),
    { maxKeys: 2 },
  ),
  fc.constantFrom(
    { NumericLessThan: { 'vpc-lattice-svcs:Port': [443, 8.5e1] } },
    { Bool: { 'aws:PrincipalIsAWSService': false } },
    { Null: { 'aws:PrincipalOrgID': 'true' } },
  ),
);
const statement = fc
  .record(
    {
      Sid: fc.constantFrom('a', 'b', ''),
      Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
      Principal: fc.constantFrom<unknown>(
        '*',
        { AWS: ROLE },
        { AWS: [ROLE, '445566778899', '*'] },
        { AWS: [], Service: 'lambda.amazonaws.com' },
      ),
      Condition: condition,
      resource: fc.record({
        name: fc.constantFrom('Resource', 'Resource', 'NotResource'),
        value: many(
          fc.constantFrom('*', `${SERVICE}/a`, `${SERVICE}/*`, '*/b', SERVICE),
        ),
      }),
      action: many(fc.constantFrom('*', 'vpc-lattice-svcs:Invoke', 's3:*')),
    },
    { requiredKeys: ['Effect', 'Principal', 'resource', 'action'] },
  )
  .map(({ resource, action, ...rest }) => ({
    ...rest,
    Action: action,
    [resource.name]: resource.value,
  }));
/** A valid auth policy in one of the many ways of writing it. */
export const writtenPolicy = fc.record({
  Version: fc.constantFrom('2012-10-17', '2008-10-17'),
  Statement: fc.array(statement, { maxLength: 4 }),
});
