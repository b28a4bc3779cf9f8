import { ROLE, SERVICE, SESSION } from '../../cases/RuleCase';
import { anyCondition } from './anyCondition';
import { documentedParts } from './documentedParts';
import { listOf, mostly } from './mostly';
import { USER } from './request';
import { Part, statementOf } from './statementOf';

const openStatement = (kind: 'resource' | 'identity') =>
  statementOf(
    {
      principal: documentedParts.principal,
      notPrincipal: listOf([ROLE, USER, SESSION, '445566778899', '*']).map(
        AWS => ({ NotPrincipal: { AWS } }),
      ),
      action: mostly<Part>(
        documentedParts.action,
        listOf(['vpc-*:Invoke', '*:*', 's3:*']).map(Action => ({ Action })),
      ),
      resource: mostly<Part>(
        documentedParts.resource,
        listOf([
          SERVICE,
          `${SERVICE}/A`,
          `${SERVICE}/a/`,
          `${SERVICE}/\${aws:userid}`,
          'arn:*:vpc-lattice:*:*:service/*/a',
        ]).map(Resource => ({ Resource })),
      ),
      condition: anyCondition,
    },
    kind,
  );

/** A statement of an auth policy, or of an identity-based one. */
export const anyStatement = {
  resource: openStatement('resource'),
  identity: openStatement('identity'),
};
