import fc from 'fast-check';
import { oneOrTwo } from './mostly';

export const VALUES = [
  'a',
  'b',
  'A',
  'ab',
  'a*',
  '?b',
  // Which tells a key that may be absent from one that may be anything.
  '*',
  '*',
  'GET',
  '/a',
  '/*',
];
export const WITH_VARIABLES = [
  'a',
  '${aws:PrincipalTag/t}',
  "${aws:PrincipalTag/u, 'a'}",
  'x${aws:PrincipalTag/u}*',
  '${aws:ResourceTag/t}',
  '${aws:PrincipalAccount}',
];
export const TEXT_KEYS = [
  'vpc-lattice-svcs:RequestMethod',
  'vpc-lattice-svcs:RequestMethod',
  'vpc-lattice-svcs:RequestPath',
  'vpc-lattice-svcs:RequestPath',
  'vpc-lattice-svcs:RequestHeader/x-a',
  'vpc-lattice-svcs:RequestHeader/x-a',
  'vpc-lattice-svcs:SourceVpc',
  'aws:PrincipalTag/t',
  'aws:PrincipalOrgID',
  'aws:PrincipalAccount',
  'aws:ResourceTag/t',
];
export const TEXT_OPERATORS = [
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
];
export const COMPARISONS = [
  'Equals',
  'NotEquals',
  'LessThan',
  'LessThanEquals',
  'GreaterThan',
  'GreaterThanEquals',
];

/** A condition on one key. */
export interface ConditionChoice {
  operator: string;
  key: string;
  wanted: string[];
}

/** A condition with or without `IfExists`. */
export function condition(options: {
  operators: readonly string[];
  keys: readonly string[];
  values: readonly string[];
  ifExists?: boolean;
}): fc.Arbitrary<ConditionChoice> {
  const { operators, keys, values, ifExists = true } = options;
  return fc.record({
    operator: fc.constantFrom(
      ...operators.flatMap(name =>
        ifExists ? [name, name, `${name}IfExists`] : [name],
      ),
    ),
    key: fc.constantFrom(...keys),
    wanted: oneOrTwo(values),
  });
}
