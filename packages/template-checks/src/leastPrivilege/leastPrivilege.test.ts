import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readLaunchRoles } from '../accountRoles/readLaunchRoles';
import { productTemplates } from '../__testUtils__/productTemplates';
import { templateFolder } from '../__testUtils__/startTemplateRenderer';
import { checkLaunchRole } from './checkLaunchRole';
import { checkTemplatePolicies } from './checkTemplatePolicies';
import { parseLaunchRoleReasons } from './LaunchRoleReasons';

const said = (problems: { line: number; message: string }[]) =>
  problems.map(({ line, message }) => `${line} ${message}`);

/** A role whose trust or permissions are one statement, in one line. */
function role(part: 'trust' | 'permissions', statement: string): string {
  const document = `{ Version: '2012-10-17', Statement: [${statement}] }`;
  return `Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      ${
        part === 'trust'
          ? `AssumeRolePolicyDocument: ${document}`
          : `Policies: [{ PolicyName: p, PolicyDocument: ${document} }]`
      }
`;
}

function resource(type: string, properties: string): string {
  return `Resources:
  It:
    Type: ${type}
    Properties:
      ${properties}
`;
}

const own = 'Resource: !GetAtt Bucket.Arn';
const source = "StringEquals: { aws:SourceAccount: !Ref 'AWS::AccountId' }";

const cases: [string, string, string[]][] = [
  [
    'every action',
    role('permissions', `{ Effect: Allow, Action: '*', ${own} }`),
    ['5 the action * has a wildcard'],
  ],
  [
    'every action of a service',
    role('permissions', `{ Effect: Allow, Action: ['s3:*'], ${own} }`),
    ['5 the action s3:* has a wildcard'],
  ],
  [
    'actions by their beginning',
    role('permissions', `{ Effect: Allow, Action: 's3:Get*', ${own} }`),
    ['5 the action s3:Get* has a wildcard'],
  ],
  [
    'an action that is none',
    role('permissions', `{ Effect: Allow, Action: s3:ReadObject, ${own} }`),
    ['5 there is no action s3:ReadObject'],
  ],
  [
    'all actions but some',
    role('permissions', `{ Effect: Allow, NotAction: s3:GetObject, ${own} }`),
    ['5 NotAction allows all that nobody thought of'],
  ],
  [
    'every resource',
    role(
      'permissions',
      "{ Effect: Allow, Action: s3:GetObject, Resource: '*' }",
    ),
    ['5 the resource is *, and nothing beside it says why'],
  ],
  [
    'every resource in a case',
    role(
      'permissions',
      "{ Effect: Allow, Action: s3:GetObject, Resource: [!If [A, !GetAtt Bucket.Arn, '*']] }",
    ),
    ['5 the resource is *, and nothing beside it says why'],
  ],
  [
    'every resource of a service',
    role(
      'permissions',
      "{ Effect: Allow, Action: s3:GetObject, Resource: !Sub 'arn:${AWS::Partition}:s3:::*' }",
    ),
    ['5 the resource is *, and nothing beside it says why'],
  ],
  [
    'a role passed to whom it may concern',
    role('permissions', `{ Effect: Allow, Action: iam:PassRole, ${own} }`),
    [
      '5 iam:PassRole needs a condition that names services, iam:PassedToService',
    ],
  ],
  [
    'a role passed to services with a wildcard',
    role(
      'permissions',
      `{ Effect: Allow, Action: iam:PassRole, ${own}, Condition: { StringLike: { iam:PassedToService: '*.amazonaws.com' } } }`,
    ),
    [
      '5 iam:PassRole needs a condition that names services, iam:PassedToService',
    ],
  ],
  [
    'a role passed to others than a service',
    role(
      'permissions',
      `{ Effect: Allow, Action: iam:PassRole, ${own}, Condition: { StringNotEquals: { iam:PassedToService: ec2.amazonaws.com } } }`,
    ),
    [
      '5 iam:PassRole needs a condition that names services, iam:PassedToService',
    ],
  ],
  [
    'roles of any service',
    role(
      'permissions',
      `{ Effect: Allow, Action: iam:CreateServiceLinkedRole, ${own} }`,
    ),
    [
      '5 iam:CreateServiceLinkedRole needs a condition that names services, iam:AWSServiceName',
    ],
  ],
  [
    'a bad statement in a case',
    role(
      'permissions',
      `!If [A, { Effect: Allow, Action: 's3:*', ${own} }, !Ref 'AWS::NoValue']`,
    ),
    ['5 the action s3:* has a wildcard'],
  ],
  [
    'a role that anybody becomes',
    role('trust', "{ Effect: Allow, Principal: '*', Action: sts:AssumeRole }"),
    ['5 anybody is allowed, and no condition says from where'],
  ],
  [
    'a role that anybody of any account becomes',
    role(
      'trust',
      "{ Effect: Allow, Principal: { AWS: 'arn:aws:iam::*:root' }, Action: sts:AssumeRole }",
    ),
    ['5 anybody is allowed, and no condition says from where'],
  ],
  [
    'a role that a service takes for any account',
    role(
      'trust',
      '{ Effect: Allow, Principal: { Service: ecs.amazonaws.com }, Action: sts:AssumeRole }',
    ),
    [
      '5 ecs.amazonaws.com may come for any account; a condition has to name aws:SourceAccount or aws:SourceArn',
    ],
  ],
  [
    'a trust policy that does something',
    role(
      'trust',
      `{ Effect: Allow, Principal: { Service: ecs.amazonaws.com }, Action: s3:GetObject, Condition: { ${source} } }`,
    ),
    ['5 a trust policy has no use for s3:GetObject'],
  ],
  [
    'a policy of AWS',
    resource(
      'AWS::IAM::Role',
      'ManagedPolicyArns: [arn:aws:iam::aws:policy/AdministratorAccess]',
    ),
    [
      '5 what managed policies allow is not seen here, and nothing beside them says why',
    ],
  ],
  [
    'a bucket for everybody',
    resource(
      'AWS::S3::BucketPolicy',
      `PolicyDocument: { Statement: { Effect: Allow, Principal: '*', Action: s3:GetObject, ${own} } }`,
    ),
    ['5 anybody is allowed, and no condition says from where'],
  ],
  [
    'a key for everything',
    resource(
      'AWS::KMS::Key',
      "KeyPolicy: { Statement: { Effect: Allow, Principal: { AWS: !Ref Admin }, Action: 'kms:*', Resource: '*' } }",
    ),
    [
      '5 the action kms:* has a wildcard',
      '5 the resource is *, and nothing beside it says why',
    ],
  ],
  [
    'a log policy in JSON',
    resource(
      'AWS::Logs::ResourcePolicy',
      `PolicyDocument: '{"Statement":{"Effect":"Allow","Principal":{"Service":"delivery.logs.amazonaws.com"},"Action":"logs:PutLogEvents","Resource":"arn:aws:logs:*:1:log-group:x"}}'`,
    ),
    [
      '5 delivery.logs.amazonaws.com may come for any account; a condition has to name aws:SourceAccount or aws:SourceArn',
    ],
  ],
  [
    'an auth policy without a principal',
    resource(
      'AWS::VpcLattice::AuthPolicy',
      `Policy: { Statement: { Effect: Allow, Action: vpc-lattice-svcs:Invoke, ${own} } }`,
    ),
    ['5 a principal is missing'],
  ],
  [
    'a function that a service calls for anybody',
    resource(
      'AWS::Lambda::Permission',
      '{ Action: lambda:InvokeFunction, FunctionName: f, Principal: vpc-lattice.amazonaws.com }',
    ),
    [
      '4 vpc-lattice.amazonaws.com may come for any account; a condition has to name aws:SourceAccount or aws:SourceArn',
    ],
  ],
];

const fine: [string, string][] = [
  [
    'a reason above the statement',
    role(
      'permissions',
      "\n        # The token is the account's.\n        { Effect: Allow, Action: ecr:GetAuthorizationToken, Resource: '*' }",
    ),
  ],
  [
    'a reason behind the resource',
    role(
      'permissions',
      "\n        {\n          Effect: Allow,\n          Action: ecr:GetAuthorizationToken,\n          Resource: '*' # the token is the account's\n        }",
    ),
  ],
  [
    'a refusal of everything',
    role('permissions', "{ Effect: Deny, Action: '*', Resource: '*' }"),
  ],
  [
    'a role passed to a service',
    role(
      'permissions',
      `{ Effect: Allow, Action: iam:PassRole, ${own}, Condition: { StringEquals: { iam:PassedToService: lambda.amazonaws.com } } }`,
    ),
  ],
  [
    'a service of the own account',
    role(
      'trust',
      `{ Effect: Allow, Principal: { Service: ecs.amazonaws.com }, Action: sts:AssumeRole, Condition: { ${source} } }`,
    ),
  ],
  [
    'everybody of the organization',
    resource(
      'AWS::VpcLattice::AuthPolicy',
      `Policy: { Statement: { Effect: Allow, Principal: '*', Action: vpc-lattice-svcs:Invoke, ${own}, Condition: { StringEquals: { aws:PrincipalOrgID: !Ref O } } } }`,
    ),
  ],
];

describe('checkTemplatePolicies', () => {
  it.each(cases)('refuses %s', (_, text, problems) => {
    expect(said(checkTemplatePolicies(text))).toEqual(problems);
  });

  it.each(fine)('takes %s', (_, text) => {
    expect(said(checkTemplatePolicies(text))).toEqual([]);
  });
});

describe('checkLaunchRole', () => {
  const stacks = [
    'CreateChangeSet CreateStack DeleteChangeSet DeleteStack DescribeChangeSet DescribeStackEvents',
    'DescribeStackResources DescribeStacks ExecuteChangeSet GetTemplate GetTemplateSummary SetStackPolicy',
    'UpdateStack ValidateTemplate',
  ].flatMap(names => names.split(' ').map(name => `cloudformation:${name}`));
  const policy = (actions: string[]) =>
    JSON.stringify({
      Statement: [
        { Sid: 'All', Effect: 'Allow', Action: actions, Resource: '*' },
      ],
    });
  const identity = [
    'eks:CreatePodIdentityAssociation',
    'eks:DeletePodIdentityAssociation',
    'eks:DescribePodIdentityAssociation',
    'eks:TagResource',
    'eks:UntagResource',
    'eks:UpdatePodIdentityAssociation',
    'iam:GetRole',
  ];
  const enough = [...stacks, 's3:GetObject', ...identity];
  const check = (options: {
    actions: string[];
    reasons?: Parameters<typeof checkLaunchRole>[0]['reasons'];
    template?: string;
  }) =>
    checkLaunchRole({
      policy: policy(options.actions),
      templates: [
        options.template ??
          resource('AWS::EKS::PodIdentityAssociation', '{ Namespace: a }'),
      ],
      reasons: options.reasons ?? {
        wildcards: { All: 'it is only a test' },
        actions: {},
      },
    }).map(({ message }) => message);

  it('takes what the products need', () => {
    expect(
      check({
        actions: [...enough, 'iam:PassRole'],
      }),
    ).toEqual([
      'iam:PassRole needs a condition that names services, iam:PassedToService',
      'iam:PassRole needs resources',
    ]);
  });

  it.each([
    [
      'what is missing',
      { actions: [...enough.slice(0, -1), 'iam:PassRole'] },
      ['iam:GetRole is needed by the products'],
    ],
    [
      'what nothing needs',
      { actions: [...enough, 'iam:PassRole', 's3:PutObject'] },
      ['no resource of the products needs s3:PutObject'],
    ],
    [
      'a wildcard without a reason',
      {
        actions: [...enough, 'iam:PassRole'],
        reasons: { wildcards: {}, actions: {} },
      },
      ['the resource is *, and nothing beside it says why'],
    ],
    [
      'reasons for nothing',
      {
        actions: [...enough, 'iam:PassRole'],
        reasons: {
          wildcards: { All: 'it is only a test', Gone: 'was there once' },
          actions: { 'iam:GetRole': 'is needed', 's3:PutObject': 'is gone' },
        },
      },
      [
        'the reason for iam:GetRole is not needed',
        'the reason for s3:PutObject is not needed',
        'the reason for Gone is not needed',
      ],
    ],
  ])('says %s', (_, options, problems) => {
    expect(
      check(options).filter(message => !message.startsWith('iam:PassRole')),
    ).toEqual(problems);
  });

  it('asks for what an option takes when the template uses it', () => {
    const logs = (property: string) =>
      check({
        actions: [...enough],
        template: resource('AWS::Logs::LogGroup', `{ ${property} }`),
      }).filter(message => message.includes('KmsKey'));
    expect(logs('RetentionInDays: 1')).toEqual([]);
    expect(logs('KmsKeyId: k')).toEqual([
      'logs:AssociateKmsKey is needed by the products',
      'logs:DisassociateKmsKey is needed by the products',
    ]);
  });
});

describe('the templates', () => {
  const folder = templateFolder('.');

  it.each(productTemplates())(
    'allow no more than needed: %s',
    async (path, file) => {
      // The roles that launch products are written from their policies, which have reasons beside them.
      const reasons = new Set(
        /account-roles/.test(path)
          ? launchPolicies().flatMap(({ reasons: { wildcards } }) =>
              Object.keys(wildcards),
            )
          : [],
      );
      expect(
        said(
          checkTemplatePolicies(readFileSync(file, 'utf8'), sid =>
            reasons.has(sid),
          ),
        ),
      ).toEqual([]);
    },
  );

  it.each(launchPolicies().map(each => [each.name, each] as const))(
    'are launched by what they need: %s',
    (_, { policy, templates, reasons }) => {
      expect(said(checkLaunchRole({ policy, templates, reasons }))).toEqual([]);
    },
  );

  it('have a launch role each', async () => {
    expect(launchPolicies()).toHaveLength(
      (await readLaunchRoles(folder)).length,
    );
  });

  /** The launch policies of all products, each with the templates of its products and its reasons. */
  function launchPolicies() {
    return readdirSync(folder).flatMap(name => {
      const product = join(folder, name, 'product');
      const read = (file: string) => readFileSync(join(product, file), 'utf8');
      if (!existsSync(join(product, 'product.yaml'))) {
        return [];
      }
      const { products } = parse(read('product.yaml'));
      const files = new Set<string>(
        products.map((each: any) => each.launchRolePolicy),
      );
      return [...files].map(file => ({
        name: join(name, file),
        policy: read(file),
        reasons: parseLaunchRoleReasons(
          read(file.replace(/\.json$/, '.reasons.yaml')),
        ),
        templates: products
          .filter((each: any) => each.launchRolePolicy === file)
          .map((each: any) => read(each.template)),
      }));
    });
  }
});
