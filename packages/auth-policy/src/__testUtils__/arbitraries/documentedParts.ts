import fc from 'fast-check';
import { ROLE, SERVICE, SESSION } from '../../cases/RuleCase';
import { documentedCondition } from './documentedCondition';
import { listOf, mostly } from './mostly';
import { USER } from './request';
import { Part, StatementParts } from './statementOf';

const WIDE_RESOURCES = ['*', `${SERVICE}/*`];
const RESOURCES = [
  '*/a',
  '*/a/*',
  `${SERVICE}/a`,
  `${SERVICE}/a*`,
  `${SERVICE}/?`,
  `${SERVICE}/*/b`,
  `${SERVICE}/a*b*c`,
  `${SERVICE}/\${aws:PrincipalTag/t}`,
  `${SERVICE}/\${aws:PrincipalTag/u, 'a'}/*`,
  SERVICE.replace('0123', '9999').concat('/*'),
];
const ACTIONS = [
  'vpc-lattice-svcs:Invoke',
  '*',
  'vpc-lattice-svcs:*',
  'VPC-Lattice-svcs:inv?ke',
];
const OTHER_ACTIONS = ['vpc-lattice-svcs:Connect', 's3:*', 's3:GetObject'];
const OTHERS = ['111111111111', 'arn:aws:iam::111111111111:role/other'];

const principal: fc.Arbitrary<Part> = mostly<Part>(
  fc.constantFrom<Part>(
    { Principal: '*' },
    { Principal: { AWS: '*' } },
    { Principal: { AWS: '445566778899' } },
    { Principal: { AWS: ROLE } },
  ),
  listOf([
    'arn:aws:iam::445566778899:root',
    ROLE,
    SESSION,
    USER,
    ...OTHERS,
  ]).map(AWS => ({ Principal: { AWS } })),
);
const notPrincipal: fc.Arbitrary<Part> = listOf(OTHERS).map(AWS => ({
  NotPrincipal: { AWS },
}));
const action: fc.Arbitrary<Part> = mostly<Part>(
  fc.constantFrom(...ACTIONS).map(Action => ({ Action })),
  listOf([...ACTIONS, ...OTHER_ACTIONS]).map(Action => ({ Action })),
  listOf([...OTHER_ACTIONS, ...OTHER_ACTIONS, ...ACTIONS]).map(NotAction => ({
    NotAction,
  })),
);
const resource: fc.Arbitrary<Part> = mostly<Part>(
  fc.constantFrom(...WIDE_RESOURCES, ...RESOURCES).map(Resource => ({
    Resource,
  })),
  listOf([...WIDE_RESOURCES, ...RESOURCES]).map(Resource => ({ Resource })),
  listOf([...WIDE_RESOURCES, ...RESOURCES]).map(NotResource => ({
    NotResource,
  })),
);

/** What AWS documents clearly. */
export const documentedParts: StatementParts = {
  principal,
  notPrincipal,
  action,
  resource,
  condition: documentedCondition,
};
