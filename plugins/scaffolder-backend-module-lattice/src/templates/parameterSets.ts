/** What somebody may answer in the form of a template. */
export interface ParameterSet {
  /** Folder of the template. */
  template: string;
  /** What is special about it. */
  title: string;
  values: Record<string, unknown>;
}

const proxy = 'arn:aws:iam::445566778899:role/public-proxy';
const batch = 'arn:aws:iam::667788990011:role/batch-export';
const deep = 'arn:aws:iam::556677889900:role/team/payments/payments-worker';
/** Stands for a certificate of the account; the test puts the real one in. */
export const certificateArn =
  'arn:aws:acm:us-east-1:223344556677:certificate/12345678-1234-1234-1234-123456789012';

const service = {
  name: 'stock',
  description: 'Says what is in stock',
  owner: 'group:default/commerce',
  account: '223344556677',
  logRetentionDays: 30,
  callers: [proxy],
  methods: ['GET'],
  path: '/*',
};

const policy = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Own",
      "Effect": "Allow",
      "Principal": { "AWS": "${proxy}" },
      "Action": "vpc-lattice-svcs:Invoke",
      "Resource": "*"
    }
  ]
}
`;

/** Answers that every service may get. */
const ofServices: [string, Record<string, unknown>][] = [
  ['the least', {}],
  ['a system', { system: 'system:default/shop' }],
  ['quotes in the description', { description: 'Says "what" is in: \'it\'' }],
  ['signs in the description', { description: '# $ {{ }} %} \\ & <b> | > -' }],
  ['a colon in the description', { description: 'Stock: all of it' }],
  ['letters of the world', { description: 'Größe, 在庫, запасы' }],
  ['the shortest name', { name: 'abc' }],
  ['a name like a number', { name: '123' }],
  ['a name like a date', { name: '2026-01-01' }],
  ['a name of digits and e', { name: '12e4' }],
  ['the longest name', { name: `a${'bcdefgh-i'.repeat(4)}abc` }],
  ['several callers', { callers: [proxy, batch, deep] }],
  [
    'every method',
    { methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] },
  ],
  ['one method that is not GET', { methods: ['POST'] }],
  ['a path with a prefix', { path: '/items/*' }],
  ['one path', { path: '/items/all' }],
  ['the root alone', { path: '/' }],
  ['a path with every sign', { path: '/a.b/c_d/e~f/G-1*' }],
  ['a whole policy', { policy }],
  ['the shortest log', { logRetentionDays: 1 }],
  ['a bucket', { accessLogBucketArn: 'arn:aws:s3:::access-logs/stock' }],
  [
    'a topic and a dashboard',
    {
      alarmTopicArn: 'arn:aws:sns:us-east-1:223344556677:alarms',
      dashboard: true,
    },
  ],
  ['a host name', { customDomainName: 'stock.example.com', certificateArn }],
  [
    'a host name with a record',
    {
      customDomainName: 'stock.example.com',
      certificateArn,
      hostedZoneId: 'Z0123456789ABC',
    },
  ],
];

const place = {
  vpc: 'vpc-0a1b2c3d4e5f60718',
  subnets: ['subnet-0a1b2c3d4e5f60718', 'subnet-0a1b2c3d4e5f60719'],
  prefixList: 'pl-0a1b2c3d4e5f60718',
};

const ofLambda: [string, Record<string, unknown>][] = [
  ['a table', { table: true }],
  ['calls', { callsOthers: true, ...place }],
  [
    'calls and a table',
    {
      callsOthers: true,
      table: true,
      ...place,
      associationSecurityGroup: 'sg-0a1b2c3d4e5f60718',
      tablePrefixList: 'pl-0a1b2c3d4e5f60719',
    },
  ],
];

const ofEcs: [string, Record<string, unknown>][] = [
  ['large tasks', { taskSize: 'large', minimumTasks: 1, maximumTasks: 100 }],
  [
    'endpoints in the VPC',
    {
      egressCidr: '10.2.0.0/16',
      callsOthers: true,
      associationSecurityGroup: 'sg-0a1b2c3d4e5f60718',
    },
  ],
  [
    'a load balancer',
    { shape: 'alb', customDomainName: 'stock.example.com', certificateArn },
  ],
  [
    'a load balancer with a record',
    {
      shape: 'alb',
      customDomainName: 'stock.example.com',
      certificateArn,
      hostedZoneId: 'Z0123456789ABC',
    },
  ],
];

function sets(
  template: string,
  base: Record<string, unknown>,
  changes: [string, Record<string, unknown>][],
): ParameterSet[] {
  return changes.map(([title, change]) => ({
    template,
    title,
    values: { ...base, ...change },
  }));
}

/** With the answers of the policy field, which are one. */
function withAccess(set: ParameterSet): ParameterSet {
  const { callers, methods, path, policy: text, ...values } = set.values;
  const document =
    typeof text === 'string' ? JSON.stringify(JSON.parse(text)) : undefined;
  const access = { callers, methods, path, ...(document && { document }) };
  return { ...set, values: { ...values, access } };
}

/** Answers to the templates that make a service. `network` is put in by the test. */
export const serviceSets: ParameterSet[] = [
  ...sets('lambda-service', service, [...ofServices, ...ofLambda]),
  ...sets('ecs-service', { ...service, shape: 'native', ...place }, [
    ...ofServices,
    ...ofEcs,
  ]),
].map(withAccess);

const call = {
  component: 'component:default/stock',
  account: '223344556677',
  callers: ['arn:aws:iam::223344556677:role/SC-stock-FunctionRole'],
  methods: ['GET'],
  path: '/items/*',
  reason: 'To show what is left',
  ownSide: true,
};

/** Answers to the template that calls a service. `service` is put in by the test. */
export const callSets: ParameterSet[] = sets('call-service', call, [
  ['the least', {}],
  ['nothing for its own side', { ownSide: false }],
  [
    'security groups',
    {
      vpc: place.vpc,
      securityGroup: 'sg-0a1b2c3d4e5f60718',
      prefixList: 'pl-0a1b2c3d4e5f60718',
      associationSecurityGroup: 'sg-0a1b2c3d4e5f60719',
    },
  ],
  ['several methods', { methods: ['POST', 'GET', 'DELETE'] }],
  ['an end', { expiresAt: '2027-01-01' }],
  [
    'a role with a path',
    { callers: ['arn:aws:iam::223344556677:role/a/b/SC-stock'] },
  ],
]);
