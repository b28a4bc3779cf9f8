import { checkLaunch } from './checkLaunch';
import type { KnownService, LaunchFacts } from './LaunchFacts';
import { type LaunchRequest, toLaunchRequest } from './LaunchRequest';
import type { Reading } from './Reading';

const network =
  'arn:aws:vpc-lattice:us-east-1:001122334455:servicenetwork/sn-0123456789abcdef0';
const otherNetwork = network.replace(/0$/, '1');
const service = (name: string, customDomainName?: string): KnownService => ({
  arn: `arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-${name}`,
  name,
  customDomainName,
});
const certificateArn =
  'arn:aws:acm:us-east-1:223344556677:certificate/11111111-2222';

function read<T>(value: T): Reading<T> {
  return { status: 'read', value };
}

const room = [
  { name: 'Services per Region', value: 3 },
  { name: 'Target groups per Region', value: 3 },
  { name: 'Service associations per service network', value: 3 },
];

/** A launch that everything speaks for. */
const request: LaunchRequest = {
  ...toLaunchRequest({
    accountId: '223344556677',
    region: 'us-east-1',
    values: {
      ServiceName: 'stock',
      ServiceNetworkArn: network,
      CustomDomainName: 'Stock.Example.com.',
      CertificateArn: certificateArn,
      HostedZoneId: 'Z1',
      VpcId: 'vpc-1',
      SubnetIds: 'subnet-1, subnet-2',
    },
    vpcAssociation: 'needed',
  }),
};
const association =
  'arn:aws:vpc-lattice:us-east-1:223344556677:servicenetworkvpcassociation/snva-1';
const facts: LaunchFacts = {
  services: read([service('orders', 'orders.example.com')]),
  targetGroupCount: read(1),
  serviceNetworkArns: read([network]),
  associatedServices: read([service('orders', 'orders.example.com')]),
  vpcAssociations: read([
    { arn: association, serviceNetworkArn: network, status: 'ACTIVE' },
  ]),
  certificate: read({ status: 'ISSUED', domainNames: ['*.example.com'] }),
  hostedZoneName: read('example.com'),
  subnets: read([
    { id: 'subnet-1', vpcId: 'vpc-1' },
    { id: 'subnet-2', vpcId: 'vpc-1' },
  ]),
  quotas: read(room),
  networkQuotas: read(room),
};

describe('checkLaunch', () => {
  it('lets a product keep the association it made', () => {
    const own = { vpcAssociation: 'absent', ownVpcAssociationArn: association };
    expect(
      checkLaunch({ ...request, ...own } as typeof request, facts).refusals,
    ).toEqual([]);
  });

  it('finds nothing against a launch that works', () => {
    expect(checkLaunch(request, facts)).toEqual({
      refusals: [],
      unchecked: [],
    });
  });

  it('has nothing to say of products that have other parameters', () => {
    const other = toLaunchRequest({
      accountId: '223344556677',
      region: 'us-east-1',
      values: { BucketName: 'x', CustomDomainName: '' },
    });
    expect(checkLaunch(other, {})).toEqual({ refusals: [], unchecked: [] });
  });

  it.each<[string, Partial<LaunchRequest>, Partial<LaunchFacts>, RegExp]>([
    [
      'a name that is taken',
      {},
      { services: read([service('stock')]) },
      /^Account 223344556677 has a service 'stock' in us-east-1 already .*Choose another name/,
    ],
    [
      'a network that is not shared',
      {},
      { serviceNetworkArns: read([otherNetwork]) },
      /is not shared with account 223344556677.*Ask its owner, account 001122334455/,
    ],
    [
      'a network of another region',
      { region: 'eu-west-1', certificateArn: undefined },
      {},
      /is in us-east-1, the product would be in eu-west-1. Choose a service network of eu-west-1/,
    ],
    [
      'a VPC without association',
      {},
      { vpcAssociations: read([]) },
      /^vpc-1 is not associated with service network .*Choose another VPC, or join this one with the template Join a VPC/,
    ],
    [
      'a VPC of another network',
      {},
      {
        vpcAssociations: read([
          {
            arn: association,
            serviceNetworkArn: otherNetwork,
            status: 'ACTIVE',
          },
        ]),
      },
      /but with .*1, so nothing .*Choose another VPC or that network/,
    ],
    [
      'a VPC of none of the networks of what it calls',
      {
        serviceNetworkArn: undefined,
        reachedNetworkArns: [otherNetwork, `${otherNetwork}2`],
      },
      {},
      /^vpc-1 is not associated with service network .*1 or .*12, but with/,
    ],
    [
      'an association that is not there yet',
      {},
      {
        vpcAssociations: read([
          {
            arn: association,
            serviceNetworkArn: network,
            status: 'CREATE_IN_PROGRESS',
          },
        ]),
      },
      /is CREATE_IN_PROGRESS. Wait until it is ACTIVE/,
    ],
    [
      'a second association of a VPC',
      { vpcAssociation: 'absent' },
      {},
      /^vpc-1 is associated with service network .* already.*one only/,
    ],
    [
      'its own association, to another network',
      {
        vpcAssociation: 'absent',
        ownVpcAssociationArn: association,
        serviceNetworkArn: otherNetwork,
      },
      { serviceNetworkArns: read([otherNetwork]) },
      /^vpc-1 is associated with service network .* already.*one only/,
    ],
    [
      'a domain in use in the account',
      {},
      { services: read([service('old', 'stock.example.com')]) },
      /^stock.example.com is in use by service 'old'.*Choose another domain name/,
    ],
    [
      'a domain in use in the network',
      {},
      { associatedServices: read([service('old', 'STOCK.example.com')]) },
      /^stock.example.com is in use by service 'old'/,
    ],
    [
      'a certificate that is not there',
      {},
      { certificate: read(undefined) },
      /has no certificate .* Choose another/,
    ],
    [
      'a certificate of another region',
      { certificateArn: certificateArn.replace('us-east-1', 'eu-west-1') },
      {},
      /is of account 223344556677 in eu-west-1; .*in us-east-1 only/,
    ],
    [
      'a certificate that is not issued',
      {},
      {
        certificate: read({
          status: 'PENDING_VALIDATION',
          domainNames: ['stock.example.com'],
        }),
      },
      /is PENDING_VALIDATION. Finish its validation/,
    ],
    [
      'a certificate whose wildcard is for one label',
      {},
      {
        certificate: read({
          status: 'ISSUED',
          domainNames: ['example.com', '*.com', '*.eu.example.com'],
        }),
      },
      /covers example.com, \*.com, \*.eu.example.com, not stock.example.com/,
    ],
    [
      'a zone that is not there',
      {},
      { hostedZoneName: read(undefined) },
      /has no hosted zone Z1/,
    ],
    [
      'a zone of another domain',
      {},
      { hostedZoneName: read('ample.com') },
      /^Hosted zone Z1 is for ample.com, and stock.example.com doesn't belong/,
    ],
    [
      'a subnet of another VPC',
      {},
      {
        subnets: read([
          { id: 'subnet-1', vpcId: 'vpc-1' },
          { id: 'subnet-2', vpcId: 'vpc-2' },
        ]),
      },
      /^Subnet subnet-2 belongs to vpc-2, not to vpc-1/,
    ],
    [
      'a subnet that is not there',
      {},
      { subnets: read([{ id: 'subnet-1', vpcId: 'vpc-1' }]) },
      /has no subnet subnet-2 in us-east-1/,
    ],
    [
      'a full account',
      {},
      { services: read([service('a'), service('b'), service('c')]) },
      /^There are 3 services in us-east-1, and the quota 'Services per Region' of account 223344556677 is 3. Ask AWS for more/,
    ],
    [
      'an account full of target groups',
      {},
      { targetGroupCount: read(4) },
      /^There are 4 target groups in us-east-1/,
    ],
    [
      'a full network',
      {},
      { associatedServices: read([service('a'), service('b'), service('c')]) },
      /^There are 3 services associated with .*of account 001122334455 is 3/,
    ],
  ])('refuses %s', (_, changes, changed, message) => {
    const { refusals } = checkLaunch(
      { ...request, ...changes },
      { ...facts, ...changed },
    );
    expect(refusals).toEqual([expect.stringMatching(message)]);
  });

  it("counts a product's own service as nobody's", () => {
    const own = service('stock', 'stock.example.com');
    const full = read([own, service('a'), service('b')]);
    expect(
      checkLaunch(
        { ...request, ownServiceArn: own.arn },
        { ...facts, services: full, associatedServices: full },
      ).refusals,
    ).toEqual([]);
  });

  it('says what it could not check, and refuses nothing for it', () => {
    const denied = {
      status: 'unreadable',
      reason: 'AccessDenied: no',
    } as const;
    const unread = Object.fromEntries(
      Object.keys(facts).map(key => [key, denied]),
    );
    expect(checkLaunch(request, unread)).toEqual({
      refusals: [],
      unchecked: [
        'whether the name is taken (AccessDenied: no)',
        'whether the service network is shared with the account (AccessDenied: no)',
        'whether the VPC is associated with the service network (AccessDenied: no)',
        'the subnets (AccessDenied: no)',
        'whether stock.example.com is in use (AccessDenied: no)',
        'the certificate (AccessDenied: no)',
        'the hosted zone (AccessDenied: no)',
        'the quotas of account 223344556677 (AccessDenied: no)',
        'the quotas of account 001122334455 (AccessDenied: no)',
      ],
    });
    expect(
      checkLaunch(request, { ...facts, quotas: read([]) }).unchecked,
    ).toEqual([
      "the quota for services in us-east-1 (Service Quotas doesn't list it)",
      "the quota for target groups in us-east-1 (Service Quotas doesn't list it)",
    ]);
  });
});
