import {
  emptyOutcomeCounts,
  exactLines,
  sumOutcomeCounts,
  totalCalls,
  type AccountFreshness,
  type Completeness,
  type MapEdge,
  type MapService,
  type MapVpc,
  type OutcomeCounts,
  type ServiceMap,
} from '@lattice-portal/plugin-lattice-common';

/** The moment the fixtures were taken. */
export const fixtureNow = Date.parse('2026-11-22T12:00:00Z');

const ago = (minutes: number) =>
  new Date(fixtureNow - minutes * 60_000).toISOString();

const accounts: [id: string, name: string][] = [
  ['001122334455', 'shared-services'],
  ['223344556677', 'commerce'],
  ['445566778899', 'edge'],
  ['556677889900', 'payments'],
  ['667788990011', 'analytics'],
];

/** A complete read of everything but the legacy account. */
export const fixtureCompleteness: Completeness = {
  linesRead: 48_201,
  stored: 40_000,
  connections: 0,
  duplicates: 1,
  twins: 8_197,
  unparsed: 3,
  sources: [
    {
      id: 'arn:aws:logs:us-east-1:001122334455:log-group:/aws/lattice/network-company',
      accountId: '001122334455',
      region: 'us-east-1',
      status: 'reading',
      readUntil: ago(0),
      linesRead: 48_201,
      unparsed: 3,
    },
  ],
  accounts: [
    ...accounts.map(
      ([accountId, accountName]): AccountFreshness => ({
        accountId,
        accountName,
        region: 'us-east-1',
        owner: `group:default/${accountName}`,
        status: 'fresh',
        readAt: ago(0),
        gaps: [],
      }),
    ),
    {
      accountId: '778899001122',
      accountName: 'legacy',
      region: 'us-east-1',
      status: 'never-read',
      error: { message: 'AccessDenied', at: ago(3) },
      gaps: [],
    },
  ],
};

const network =
  'arn:aws:vpc-lattice:us-east-1:001122334455:servicenetwork/sn-0123456789abcdef0';

const vpc = (id: string, accountId: string, name: string): MapVpc => ({
  id,
  accountId,
  name,
  serviceNetworkArn: name === 'legacy' ? undefined : network,
});

/** ARN of a fixture service. */
export function fixtureServiceArn(name: string): string {
  return `arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-${name}`;
}

const service = (name: string, accountId = '223344556677'): MapService => ({
  arn: fixtureServiceArn(name),
  id: `svc-${name}`,
  name,
  accountId,
  region: 'us-east-1',
  owner: `group:default/${
    accounts.find(([id]) => id === accountId)?.[1] ?? 'platform'
  }`,
  entityRef: `resource:default/${name}`,
  authType: name === 'status' ? 'NONE' : 'AWS_IAM',
  serviceNetworkArns: [network],
  targetTypes: ['LAMBDA'],
  counts: emptyOutcomeCounts(),
});

const roles: Record<string, string> = {
  'public-proxy': '445566778899',
  'edge-canary': '445566778899',
  'orders-function': '223344556677',
  'payments-worker': '556677889900',
  reporting: '667788990011',
  'batch-export': '667788990011',
};

/** Id of a fixture caller. */
export function fixtureCallerId(name: string): string {
  const accountId = roles[name];
  return accountId ? `arn:aws:iam::${accountId}:role/${name}` : name;
}

function edge(
  caller: string,
  vpcId: string,
  target: string,
  counts: Partial<OutcomeCounts>,
): MapEdge {
  const denied = Object.keys(counts).some(name => name.startsWith('denied'));
  return {
    id: `${caller}-${target}`,
    callerId: fixtureCallerId(caller),
    serviceArn: fixtureServiceArn(target),
    sourceVpcId: vpcId,
    counts: { ...emptyOutcomeCounts(), ...counts },
    lastOutcome: denied ? 'denied-by-service' : 'allowed',
    firstSeen: ago(55),
    lastSeen: ago(0.2),
    lastAllowed: counts.allowed ? ago(0.2) : ago(1500),
    durationP50: 12,
    durationP95: 48,
    lastDeniedRequestId: denied ? `denied-${caller}` : undefined,
  };
}

const edges = [
  edge('public-proxy', 'vpc-1', 'orders', { allowed: 7200, failed: 12 }),
  edge('public-proxy', 'vpc-1', 'inventory', { allowed: 2400 }),
  edge('orders-function', 'vpc-2', 'payments', {
    allowed: 1800,
    'target-refused': 31,
  }),
  edge('anonymous', 'vpc-2', 'orders', { 'denied-by-service': 120 }),
  edge('reporting', 'vpc-4', 'orders', { 'denied-by-network': 90 }),
  edge('batch-export', 'vpc-5', 'inventory', { 'denied-by-service': 312 }),
  edge('edge-canary', 'vpc-1', 'recommendations', { 'denied-by-identity': 60 }),
  edge('payments-worker', 'vpc-3', 'recommendations', {
    allowed: 300,
    failed: 22,
  }),
  edge('public-proxy', 'vpc-1', 'status', { allowed: 60 }),
];

const services = [
  service('orders'),
  service('inventory'),
  service('recommendations'),
  service('payments', '556677889900'),
  service('status', '001122334455'),
];

/** A map with every outcome on it. */
export const fixtureMap: ServiceMap = {
  window: { from: ago(60), to: ago(0) },
  vpcs: [
    vpc('vpc-1', '445566778899', 'edge'),
    vpc('vpc-2', '223344556677', 'commerce'),
    vpc('vpc-3', '556677889900', 'payments'),
    vpc('vpc-4', '667788990011', 'analytics'),
    vpc('vpc-5', '667788990011', 'analytics-batch'),
    vpc('vpc-6', '778899001122', 'legacy'),
  ],
  serviceNetworks: [
    {
      arn: network,
      id: 'sn-0123456789abcdef0',
      name: 'company',
      accountId: '001122334455',
      authType: 'AWS_IAM',
      owner: 'group:default/platform',
      entityRef: 'resource:default/company',
    },
  ],
  services: services.map(item => ({
    ...item,
    counts: sumOutcomeCounts(
      edges
        .filter(({ serviceArn }) => serviceArn === item.arn)
        .map(({ counts }) => counts),
    ),
  })),
  callers: [...Object.keys(roles), 'anonymous'].map(name => ({
    id: fixtureCallerId(name),
    kind: roles[name] ? 'signed' : 'anonymous',
    name,
    accountId: roles[name],
    vpcIds: edges
      .filter(({ callerId }) => callerId === fixtureCallerId(name))
      .map(({ sourceVpcId }) => sourceVpcId!),
  })),
  edges,
  lines: exactLines(
    totalCalls(sumOutcomeCounts(edges.map(({ counts }) => counts))),
  ),
  gaps: [],
  completeness: fixtureCompleteness,
};
