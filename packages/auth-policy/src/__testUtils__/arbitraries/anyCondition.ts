import fc from 'fast-check';
import {
  COMPARISONS,
  TEXT_KEYS,
  TEXT_OPERATORS,
  VALUES,
  WITH_VARIABLES,
  condition,
} from './condition';
import { documentedParts } from './documentedParts';

const SETS = ['', 'ForAllValues:', 'ForAnyValue:'];
const OPEN_KEYS = [
  ...TEXT_KEYS,
  'vpc-lattice-svcs:RequestQueryString/q',
  'vpc-lattice-svcs:requestmethod',
  'aws:PrincipalArn',
  'aws:CurrentTime',
  'aws:SourceIp',
  'aws:userid',
  'aws:TokenIssueTime',
  'aws:principaltag/T',
  'x:Unknown',
];
const OPEN_VALUES = [
  ...VALUES,
  '',
  '1',
  'true',
  'AROA*',
  '10.0.0.0/8',
  '2026-01-01',
];

/** Conditions that AWS documents, and those whose result it leaves open. */
export const anyCondition = fc.oneof(
  { weight: 3, arbitrary: documentedParts.condition },
  {
    weight: 2,
    arbitrary: condition({
      operators: SETS.flatMap(set =>
        [...TEXT_OPERATORS, 'ArnNotLike'].map(name => `${set}${name}`),
      ),
      keys: OPEN_KEYS,
      values: [
        ...OPEN_VALUES,
        ...WITH_VARIABLES,
        '${aws:userid}',
        '${aws:SourceIp}/*',
      ],
    }),
  },
  // Operators on keys and values that are not of their type.
  condition({
    operators: SETS.flatMap(set =>
      [
        'BinaryEquals',
        'NotIpAddress',
        ...COMPARISONS.flatMap(name => [`Numeric${name}`, `Date${name}`]),
      ].map(name => `${set}${name}`),
    ),
    keys: OPEN_KEYS,
    values: OPEN_VALUES,
  }),
  fc.record({
    operator: fc.constantFrom('Bool', 'BoolIfExists', 'ForAnyValue:Bool'),
    key: fc.constantFrom(...OPEN_KEYS),
    // It takes one.
    wanted: fc.constantFrom(...OPEN_VALUES).map(value => [value]),
  }),
);
