import { ANONYMOUS, ROLE, RuleCase, SESSION, signed } from './RuleCase';

function when(
  operator: string,
  key: string,
  value: unknown,
): RuleCase['statements'] {
  return [{ Condition: { [operator]: { [key]: value } } }];
}

function deny(statements: RuleCase['statements']): RuleCase['statements'] {
  return statements.map(statement => ({ Effect: 'Deny', ...statement }));
}

/** Values that follow from who calls what. */
export const keyCases: RuleCase[] = [
  {
    rule: 'a root ARN as aws:PrincipalArn is the root user only',
    source: 'keys',
    statements: when(
      'ArnEquals',
      'aws:PrincipalArn',
      'arn:aws:iam::445566778899:root',
    ),
    expect: 'denied',
  },
  {
    rule: 'aws:PrincipalArn of a session is the role',
    source: 'keys',
    statements: when('ArnEquals', 'aws:PrincipalArn', SESSION),
    expect: 'denied',
  },
  {
    rule: "the exact ARN of a session's role is not known without its path",
    source: 'identifiers',
    statements: when('ArnEquals', 'aws:PrincipalArn', ROLE),
    expect: 'unknown',
  },
  {
    rule: "the exact ARN of a session's role, known",
    source: 'keys',
    statements: when('ArnEquals', 'aws:PrincipalArn', ROLE),
    caller: signed({ roleArn: ROLE }),
    expect: 'allowed',
  },
  {
    rule: 'the account of an anonymous caller is "anonymous"',
    source: 'keys',
    statements: when('StringEquals', 'aws:PrincipalAccount', 'anonymous'),
    caller: ANONYMOUS,
    expect: 'allowed',
  },
  {
    rule: 'an anonymous caller has no aws:PrincipalIsAWSService',
    source: 'keys',
    statements: when('Bool', 'aws:PrincipalIsAWSService', 'false'),
    caller: ANONYMOUS,
    expect: 'denied',
  },
  {
    rule: 'nor under IfExists',
    source: 'operators',
    statements: when('BoolIfExists', 'aws:PrincipalIsAWSService', 'false'),
    caller: ANONYMOUS,
    expect: 'allowed',
  },
  {
    rule: 'a role session is no AWS service',
    source: 'keys',
    statements: when('Bool', 'aws:PrincipalIsAWSService', false),
    expect: 'allowed',
  },
  {
    rule: 'an anonymous caller has no aws:PrincipalArn',
    source: 'keys',
    statements: when('StringLike', 'aws:PrincipalArn', '*'),
    caller: ANONYMOUS,
    expect: 'denied',
  },
  {
    rule: 'an organization guard stops anonymous callers',
    source: 'keys',
    statements: deny(when('StringNotEquals', 'aws:PrincipalOrgID', 'o-abc123')),
    besideAllow: true,
    caller: ANONYMOUS,
    expect: 'explicitly-denied',
  },
  {
    rule: 'a guard by role stops anonymous callers',
    source: 'keys',
    statements: deny(when('ArnNotEquals', 'aws:PrincipalArn', ROLE)),
    besideAllow: true,
    caller: ANONYMOUS,
    expect: 'explicitly-denied',
  },
  {
    rule: 'an organization that is not known leaves a condition open',
    source: 'keys',
    statements: when('StringEquals', 'aws:PrincipalOrgID', 'o-abc123'),
    caller: signed({ organizationId: undefined }),
    expect: 'unknown',
  },
  {
    rule: 'aws:PrincipalOrgPaths begins with the organization',
    source: 'keys',
    statements: when(
      'ForAnyValue:StringLike',
      'aws:PrincipalOrgPaths',
      'o-abc123/*',
    ),
    caller: signed({ organizationId: 'o-abc123' }),
    expect: 'allowed',
  },
  {
    rule: 'sessions are of type AssumedRole, whatever gave them',
    source: 'variables',
    statements: when('StringEquals', 'aws:PrincipalType', 'FederatedUser'),
    expect: 'denied',
  },
  {
    rule: 'the type of an anonymous caller is Anonymous',
    source: 'lattice',
    statements: when('StringNotEquals', 'aws:PrincipalType', 'Anonymous'),
    caller: ANONYMOUS,
    expect: 'denied',
  },
  {
    rule: 'only IAM users have aws:username',
    source: 'keys',
    statements: when('StringNotEquals', 'aws:username', 'bob'),
    expect: 'allowed',
  },
  {
    rule: 'aws:userid of a session ends with the session name',
    source: 'variables',
    statements: when('StringLike', 'aws:userid', '*:i-1'),
    expect: 'allowed',
  },
  {
    rule: 'global key names ignore case',
    source: 'condition',
    statements: when('StringEquals', 'AWS:principalorgid', 'o-abc123'),
    caller: signed({ organizationId: 'o-abc123' }),
    expect: 'allowed',
  },
  {
    rule: "AWS's pages disagree on the case of VPC Lattice's keys",
    source: 'lattice',
    statements: when('StringEquals', 'vpc-lattice-svcs:requestmethod', 'GET'),
    expect: 'unknown',
  },
  {
    rule: 'VPC Lattice has no aws:VpceAccount',
    source: 'keys',
    statements: when('StringEquals', 'aws:VpceAccount', '445566778899'),
    expect: 'denied',
  },
  {
    rule: 'aws:SourceVpc for a VPC association is not documented',
    source: 'keys',
    statements: when('StringEquals', 'aws:SourceVpc', 'vpc-1'),
    expect: 'unknown',
  },
  {
    rule: "VPC Lattice's own key for the source VPC",
    source: 'lattice',
    statements: when('StringEquals', 'vpc-lattice-svcs:SourceVpc', 'vpc-1'),
    expect: 'allowed',
  },
  {
    rule: "the service's tags",
    source: 'lattice',
    statements: when('StringEquals', 'aws:ResourceTag/tier', 'public'),
    request: { serviceTags: { tier: 'public' } },
    expect: 'allowed',
  },
  {
    rule: 'a key that is not documented',
    source: 'keys',
    statements: when('StringEquals', 'vpc-lattice-svcs:Colour', 'red'),
    expect: 'unknown',
  },

  {
    rule: 'a session has temporary credentials',
    source: 'keys',
    statements: when('Null', 'aws:TokenIssueTime', 'false'),
    expect: 'allowed',
  },
  {
    rule: 'a user may have them',
    source: 'keys',
    statements: when('Null', 'aws:TokenIssueTime', 'false'),
    caller: signed({ arn: 'arn:aws:iam::445566778899:user/bob' }),
    expect: 'unknown',
  },
  {
    rule: 'tags that differ by case only do not matter if both match',
    source: 'condition',
    statements: when('StringLike', 'aws:PrincipalTag/Team', 'r*'),
    caller: signed({ tags: { team: 'red', TEAM: 'rose' } }),
    expect: 'allowed',
  },
  {
    rule: 'tags that differ by case only are unreliable if one matches',
    source: 'condition',
    statements: when('StringLike', 'aws:PrincipalTag/Team', 'r*'),
    caller: signed({ tags: { team: 'red', TEAM: 'blue' } }),
    expect: 'unknown',
  },
];
