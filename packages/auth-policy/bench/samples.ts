import { AuthorizationRequest } from '../src/types';

const ACCOUNT = '445566778899';
const SERVICE =
  'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-0123456789abcdef0';
const NETWORK =
  'arn:aws:vpc-lattice:us-east-1:001122334455:servicenetwork/sn-0123456789abcdef0';

const LATTICE = 'vpc-lattice-svcs';
const METHODS = ['GET', 'POST', 'PUT', 'DELETE'];

/** What a statement asks for beside the caller and the path, by turns. */
const CONDITIONS = [
  { StringEquals: { [`${LATTICE}:RequestMethod`]: ['GET', 'POST'] } },
  {
    StringEquals: {
      [`${LATTICE}:RequestMethod`]: METHODS,
      'aws:PrincipalOrgID': 'o-lattice01',
    },
  },
  {
    StringEquals: { [`${LATTICE}:SourceVpc`]: 'vpc-0a1b2c3d4e5f60718' },
    NumericEquals: { [`${LATTICE}:Port`]: '443' },
  },
  {
    StringLike: { [`${LATTICE}:RequestHeader/x-tenant`]: 'tenant-*' },
    StringNotEquals: { 'aws:PrincipalTag/team': ['blocked', 'left'] },
  },
  {
    ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/client-*` },
    DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' },
  },
];

/** Paths of statement number `index`, by turns: a prefix, exact, and in the middle. */
function resourceOf(index: number, area: string): string {
  const forms = [
    `${SERVICE}/${area}-${index}/*`,
    `${SERVICE}/${area}-${index}/items`,
    `${SERVICE}/${area}-${index}/*/items`,
  ];
  return forms[index % forms.length];
}

/**
 * A policy of so many statements, each with conditions; every fifth is a deny. Half of
 * the statements name a role, the others the account or everybody. With a `seed`, Sids,
 * roles and paths are of that policy alone; conditions are alike in all, as they are
 * within an organization.
 */
export function samplePolicy(options: {
  statements: number;
  kind: 'resource' | 'identity';
  seed?: number;
}): object {
  const { statements, kind, seed } = options;
  const suffix = seed === undefined ? '' : `-${seed}`;
  const principals = (index: number) => [
    { AWS: `arn:aws:iam::${ACCOUNT}:role/client${suffix}-${index}` },
    { AWS: ACCOUNT },
    { AWS: `arn:aws:iam::${ACCOUNT}:role/client${suffix}-${index}` },
    '*',
  ];
  return {
    Version: '2012-10-17',
    Statement: Array.from({ length: statements }, (_, index) => ({
      Sid: `Statement${seed ?? 0}x${index}`,
      Effect: index % 5 === 4 ? 'Deny' : 'Allow',
      ...(kind === 'resource'
        ? { Principal: principals(index)[index % 4] }
        : {}),
      Action: `${LATTICE}:Invoke`,
      Resource:
        index % 5 === 4
          ? `${SERVICE}/locked${suffix}-${index}/*`
          : resourceOf(index, `area${suffix}`),
      Condition: CONDITIONS[index % CONDITIONS.length],
    })),
  };
}

/** Requests by many sessions, about half of which a sample policy allows. */
export function sampleRequests(options: {
  count: number;
  statements: number;
}): AuthorizationRequest[] {
  const { count, statements } = options;
  return Array.from({ length: count }, (_, index) => {
    const target = (index * 7) % statements;
    const isMiss = index % 2 === 1;
    const role = `client-${isMiss ? (target + 1) % statements : target}`;
    return {
      caller: {
        kind: 'signed',
        arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/task-${index % 50}`,
        roleArn: `arn:aws:iam::${ACCOUNT}:role/${role}`,
        organizationId: 'o-lattice01',
        tags: { team: 'orders', stage: 'production' },
      },
      method: METHODS[index % (isMiss ? 4 : 2)],
      path: isMiss
        ? `/area-${target}/${index % 10}/other`
        : `/area-${target}${['/list', '/items', '/1/items'][target % 3]}`,
      query: {},
      headers: { host: 'orders.example.com', 'x-tenant': 'tenant-7' },
      port: 443,
      sourceVpc: 'vpc-0a1b2c3d4e5f60718',
      sourceVpcOwnerAccount: ACCOUNT,
      serviceArn: SERVICE,
      serviceNetworkArn: NETWORK,
      serviceTags: {},
      time: Date.UTC(2026, 0, 1) + index * 1000,
    };
  });
}
