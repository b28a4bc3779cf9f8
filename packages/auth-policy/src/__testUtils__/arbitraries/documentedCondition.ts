import fc from 'fast-check';
import { ROLE, SERVICE } from '../../cases/RuleCase';
import {
  COMPARISONS,
  ConditionChoice,
  TEXT_KEYS,
  TEXT_OPERATORS,
  VALUES,
  WITH_VARIABLES,
  condition,
} from './condition';
import { NIGHT } from './request';

/** Conditions whose result AWS documents. */
export const documentedCondition: fc.Arbitrary<ConditionChoice> = fc.oneof(
  {
    weight: 3,
    arbitrary: condition({
      operators: TEXT_OPERATORS,
      keys: TEXT_KEYS,
      values: VALUES,
    }),
  },
  condition({
    operators: TEXT_OPERATORS,
    keys: TEXT_KEYS,
    values: WITH_VARIABLES,
    // A missing variable under IfExists isn't documented.
    ifExists: false,
  }),
  condition({
    operators: [
      'ForAllValues:StringEquals',
      'ForAllValues:StringNotEquals',
      'ForAllValues:StringLike',
      'ForAllValues:StringNotLike',
      'ForAnyValue:StringEquals',
      'ForAnyValue:StringLike',
    ],
    keys: ['vpc-lattice-svcs:RequestQueryString/q', 'aws:PrincipalTag/t'],
    values: VALUES,
  }),
  condition({
    operators: COMPARISONS.map(name => `Numeric${name}`),
    keys: ['vpc-lattice-svcs:Port'],
    values: ['80', '443', '443.0', '1000'],
  }),
  condition({
    operators: COMPARISONS.map(name => `Date${name}`),
    keys: ['aws:CurrentTime', 'aws:EpochTime'],
    values: [
      '2026-01-01T00:00:00Z',
      '2026-01-01T01:00:00+01:00',
      '2026-01-01T00:00:01Z',
      String(NIGHT / 1000),
      '2025-06-30T12:00:00Z',
    ],
  }),
  condition({
    operators: ['IpAddress', 'NotIpAddress'],
    keys: ['vpc-lattice-svcs:RequestHeader/x-ip'],
    values: [
      '10.1.2.3',
      '10.0.0.0/8',
      '10.1.2.0/30',
      '192.168.0.128/25',
      '0.0.0.0/0',
    ],
  }),
  condition({
    operators: ['BinaryEquals'],
    keys: ['vpc-lattice-svcs:RequestHeader/x-a'],
    values: ['YQ==', 'YWI=', 'Yg=='],
  }),
  condition({
    operators: ['ArnLike', 'ArnNotLike', 'ArnEquals', 'ArnNotEquals'],
    keys: [
      'aws:PrincipalArn',
      'vpc-lattice-svcs:ServiceArn',
      'vpc-lattice-svcs:ServiceNetworkArn',
    ],
    values: [ROLE, 'arn:aws:iam::*:role/*', 'arn:aws:*:*:*:*', SERVICE],
  }),
  condition({
    operators: ['StringEquals', 'StringNotEquals'],
    keys: ['aws:PrincipalType', 'vpc-lattice-svcs:SourceVpcOwnerAccount'],
    values: ['Anonymous', 'User', 'AssumedRole', '445566778899'],
  }),
  fc.record({
    operator: fc.constantFrom('Bool', 'BoolIfExists'),
    key: fc.constantFrom('aws:ViaAWSService', 'aws:PrincipalIsAWSService'),
    // Several values aren't documented.
    wanted: fc.constantFrom('true', 'false').map(value => [value]),
  }),
  fc.record({
    operator: fc.constant('Null'),
    key: fc.constantFrom(
      'vpc-lattice-svcs:RequestHeader/x-a',
      'vpc-lattice-svcs:RequestQueryString/q',
      'aws:PrincipalTag/u',
      'aws:PrincipalOrgID',
      'aws:PrincipalServiceName',
    ),
    wanted: fc.constantFrom('true', 'false').map(value => [value]),
  }),
);
