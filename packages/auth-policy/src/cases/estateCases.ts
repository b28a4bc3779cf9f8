import { Caller, DecideOptions, LayerResult, PolicyDocument } from '../types';

const NETWORK =
  'arn:aws:vpc-lattice:us-east-1:001122334455:servicenetwork/sn-0company0000000000';
const INVOKE = 'vpc-lattice-svcs:Invoke';
const METHOD = 'vpc-lattice-svcs:RequestMethod';

function serviceArn(name: string, account: string): string {
  return `arn:aws:vpc-lattice:us-east-1:${account}:service/svc-${name}`;
}

const SERVICES = {
  orders: serviceArn('orders', '223344556677'),
  inventory: serviceArn('inventory', '223344556677'),
  recommendations: serviceArn('recommendations', '223344556677'),
  payments: serviceArn('payments', '556677889900'),
  status: serviceArn('status', '223344556677'),
};

type ServiceName = keyof typeof SERVICES;

const PROXY = 'arn:aws:iam::445566778899:role/public-proxy';
const ORDERS_ROLE = 'arn:aws:iam::223344556677:role/orders';

/** The policies of the company whose architecture AWS's article describes. */
const NETWORK_POLICY: PolicyDocument = {
  Version: '2008-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: INVOKE,
      Resource: '*',
      Condition: {
        StringEquals: {
          'vpc-lattice-svcs:SourceVpc': ['vpc-1', 'vpc-2', 'vpc-3', 'vpc-5'],
        },
      },
    },
  ],
};

const POLICIES: Record<Exclude<ServiceName, 'status'>, PolicyDocument> = {
  orders: {
    Version: '2008-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: '*',
        Action: INVOKE,
        Resource: '*',
        Condition: {
          StringNotEquals: { 'aws:PrincipalType': 'Anonymous' },
          StringEquals: { 'vpc-lattice-svcs:ServiceNetworkArn': NETWORK },
        },
      },
    ],
  },
  inventory: {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'ReadItems',
        Effect: 'Allow',
        Principal: { AWS: ['arn:aws:iam::223344556677:root', PROXY] },
        Action: INVOKE,
        Resource: `${SERVICES.inventory}/items/*`,
        Condition: { StringEquals: { [METHOD]: 'GET' } },
      },
      {
        Sid: 'ReserveItems',
        Effect: 'Allow',
        Principal: { AWS: ORDERS_ROLE },
        Action: INVOKE,
        Resource: `${SERVICES.inventory}/items/*`,
        Condition: { StringEquals: { [METHOD]: 'POST' } },
      },
    ],
  },
  recommendations: {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: '*',
      Action: INVOKE,
      Resource: '*',
      Condition: {
        StringEquals: { 'aws:PrincipalOrgID': 'o-lattice01', [METHOD]: 'GET' },
      },
    },
  },
  payments: {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: ORDERS_ROLE },
        Action: INVOKE,
        Resource: `${SERVICES.payments}/charges`,
        Condition: {
          StringEquals: { [METHOD]: 'POST' },
          Null: { 'vpc-lattice-svcs:RequestHeader/x-tenant': 'false' },
        },
      },
      {
        Effect: 'Allow',
        Principal: { AWS: ORDERS_ROLE },
        Action: INVOKE,
        Resource: `${SERVICES.payments}/charges/*`,
        Condition: {
          StringEquals: { [METHOD]: 'GET' },
          Null: { 'vpc-lattice-svcs:RequestHeader/x-tenant': 'false' },
        },
      },
    ],
  },
};

/** One row of the company's traffic. */
export interface EstateCase {
  call: string;
  options: DecideOptions;
  /** Network, service, identity. */
  results: [LayerResult, LayerResult, LayerResult];
  outcome: 'allowed' | 'denied' | 'unknown';
}

function role(account: string, name: string): Caller {
  return {
    kind: 'signed',
    arn: `arn:aws:sts::${account}:assumed-role/${name}/task-1`,
    organizationId: 'o-lattice01',
    tags: {},
  };
}

const ANYONE: Caller = { kind: 'anonymous' };
const MAY_INVOKE = {
  policies: [
    {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: INVOKE, Resource: '*' }],
    },
  ],
};

function row(options: {
  caller: Caller;
  vpc: string;
  method?: string;
  service: ServiceName;
  path: string;
  headers?: Record<string, string>;
  identity?: DecideOptions['identity'];
  results: EstateCase['results'];
  outcome: EstateCase['outcome'];
}): EstateCase {
  const { caller, vpc, service, path, results, outcome } = options;
  const { method = 'GET', headers = {}, identity = MAY_INVOKE } = options;
  const who = caller.kind === 'signed' ? caller.arn.split('/')[1] : 'nobody';
  return {
    call: `${who} from ${vpc}: ${method} ${service} ${path}`,
    options: {
      request: {
        caller,
        method,
        path,
        query: {},
        headers,
        port: 443,
        sourceVpc: vpc,
        serviceArn: SERVICES[service],
        serviceNetworkArn: NETWORK,
      },
      network: { authType: 'AWS_IAM', policy: NETWORK_POLICY },
      service:
        service === 'status'
          ? { authType: 'NONE' }
          : { authType: 'AWS_IAM', policy: POLICIES[service] },
      identity,
    },
    results,
    outcome,
  };
}

const ALL: EstateCase['results'] = ['allowed', 'allowed', 'allowed'];
const proxy = role('445566778899', 'public-proxy');
const orders = role('223344556677', 'orders');

export const estateCases: EstateCase[] = [
  row({
    caller: proxy,
    vpc: 'vpc-1',
    service: 'orders',
    path: '/orders/1',
    results: ALL,
    outcome: 'allowed',
  }),
  row({
    caller: proxy,
    vpc: 'vpc-1',
    service: 'inventory',
    path: '/items/7',
    results: ALL,
    outcome: 'allowed',
  }),
  row({
    caller: orders,
    vpc: 'vpc-2',
    method: 'POST',
    service: 'payments',
    path: '/charges',
    headers: { 'x-tenant': 'blue' },
    results: ALL,
    outcome: 'allowed',
  }),
  row({
    caller: orders,
    vpc: 'vpc-2',
    method: 'POST',
    service: 'payments',
    path: '/charges',
    results: ['allowed', 'implicitly-denied', 'allowed'],
    outcome: 'denied',
  }),
  row({
    caller: ANYONE,
    vpc: 'vpc-2',
    service: 'orders',
    path: '/orders/1',
    results: ['allowed', 'implicitly-denied', 'not-applicable'],
    outcome: 'denied',
  }),
  row({
    caller: role('667788990011', 'reporting'),
    vpc: 'vpc-4',
    service: 'orders',
    path: '/orders',
    results: ['implicitly-denied', 'allowed', 'allowed'],
    outcome: 'denied',
  }),
  row({
    caller: role('667788990011', 'batch-export'),
    vpc: 'vpc-5',
    service: 'inventory',
    path: '/items/export',
    results: ['allowed', 'implicitly-denied', 'allowed'],
    outcome: 'denied',
  }),
  row({
    caller: role('445566778899', 'edge-canary'),
    vpc: 'vpc-1',
    service: 'recommendations',
    path: '/for/42',
    identity: { policies: [] },
    results: ['allowed', 'allowed', 'implicitly-denied'],
    outcome: 'denied',
  }),
  row({
    caller: orders,
    vpc: 'vpc-2',
    service: 'payments',
    path: '/charges/locked',
    headers: { 'x-tenant': 'blue' },
    results: ALL,
    outcome: 'allowed',
  }),
  row({
    caller: role('556677889900', 'payments-worker'),
    vpc: 'vpc-3',
    service: 'recommendations',
    path: '/for/7',
    results: ALL,
    outcome: 'allowed',
  }),
  row({
    caller: ANYONE,
    vpc: 'vpc-3',
    service: 'status',
    path: '/',
    results: ['allowed', 'not-enforced', 'not-applicable'],
    outcome: 'allowed',
  }),
];
