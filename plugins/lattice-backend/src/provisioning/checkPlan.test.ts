import type {
  ProvisioningPlan,
  ProvisioningVpc,
} from '@lattice-portal/plugin-lattice-common';
import { checkPlan } from './checkPlan';
import type { PlanFacts } from './checks/PlanFacts';

const networkArn =
  'arn:aws:vpc-lattice:us-east-1:001122334455:servicenetwork/sn-1';
const certificateArn = 'arn:aws:acm:us-east-1:223344556677:certificate/1';
const plan: ProvisioningPlan = {
  accountId: '223344556677',
  networkArn,
  serviceName: 'stock',
  domainName: 'stock.example.com',
  certificateArn,
  hostedZoneId: 'Z1',
  vpcId: 'vpc-1',
  vpcAssociation: 'needed',
  subnetIds: ['subnet-1'],
};
const read = <T>(...items: T[]) => ({ status: 'read' as const, items });
const away = { status: 'unknown' as const, reason: 'AccessDenied' };
const vpc = (association: ProvisioningVpc['association']) =>
  read<ProvisioningVpc>({ id: 'vpc-1', association });
const certificate = (domainNames: string[], status = 'ISSUED') =>
  read({ arn: certificateArn, domainNames, status });

describe('checkPlan', () => {
  it.each<[string, PlanFacts, string, RegExp]>([
    ['no right', { refusal: 'Only others' }, 'refused', /^Only others\.$/],
    [
      'a network',
      {
        networks: read({
          arn: networkArn,
          name: 'company',
          accountId: '1',
          region: 'r',
        }),
      },
      'passes',
      /company/,
    ],
    ['no network', { networks: read() }, 'refused', /is not shared/],
    ['networks unread', { networks: away }, 'unknown', /AccessDenied/],
    [
      'a name in use',
      { nameTaken: read({ description: 'x' }) },
      'refused',
      /already/,
    ],
    [
      'a service of its own',
      { nameTaken: read({ description: 'x' }), isChange: true },
      'passes',
      /is there: .* changes it/,
    ],
    [
      'a host name in use',
      { domainTaken: read({ description: 'service orders in account 1' }) },
      'refused',
      /is the host name of service orders in account 1/,
    ],
    ['host names unread', { domainTaken: away }, 'unknown', /AccessDenied/],
    [
      'a certificate',
      { certificates: certificate(['*.example.com']) },
      'passes',
      /fits/,
    ],
    [
      'a certificate of another name',
      { certificates: certificate(['example.com']) },
      'refused',
      /for example\.com, not for stock/,
    ],
    [
      'a certificate to come',
      { certificates: certificate(['*.example.com'], 'PENDING_VALIDATION') },
      'refused',
      /PENDING_VALIDATION/,
    ],
    [
      'no certificate',
      { certificates: read() },
      'refused',
      /is not in this account/,
    ],
    [
      'a zone',
      {
        hostedZones: read({ id: 'Z1', name: 'example.com', isPrivate: false }),
      },
      'passes',
      /takes/,
    ],
    [
      'another zone',
      { hostedZones: read({ id: 'Z1', name: 'ample.com', isPrivate: false }) },
      'refused',
      /no place/,
    ],
    ['no zone', { hostedZones: read() }, 'refused', /not in this account/],
    [
      'a VPC',
      {
        vpcs: vpc({
          status: 'associated',
          serviceNetworkArn: networkArn,
          associationStatus: 'ACTIVE',
        }),
      },
      'passes',
      /is associated/,
    ],
    [
      'a VPC of another network',
      {
        vpcs: vpc({
          status: 'associated',
          serviceNetworkArn: 'other',
          associationStatus: 'ACTIVE',
        }),
      },
      'refused',
      /not with the chosen one/,
    ],
    [
      'a VPC that joins',
      {
        vpcs: vpc({
          status: 'associated',
          serviceNetworkArn: networkArn,
          associationStatus: 'CREATE_IN_PROGRESS',
        }),
      },
      'refused',
      /not active/,
    ],
    [
      'a VPC on its own',
      { vpcs: vpc({ status: 'none' }) },
      'refused',
      /is not associated .* join it first with the template Join a VPC/,
    ],
    ['no VPC', { vpcs: read() }, 'refused', /is no VPC of this account/],
    [
      'an association unread',
      { vpcs: vpc({ status: 'unknown', reason: 'Throttled' }) },
      'unknown',
      /Throttled/,
    ],
    [
      'a subnet',
      { subnets: read({ id: 'subnet-1', vpcId: 'vpc-1' }) },
      'passes',
      /in the VPC/,
    ],
    [
      'a foreign subnet',
      { subnets: read({ id: 'subnet-2', vpcId: 'vpc-1' }) },
      'refused',
      /^subnet-1: not in vpc-1/,
    ],
    [
      'a full subnet',
      {
        subnets: read({
          id: 'subnet-1',
          vpcId: 'vpc-1',
          availableAddresses: 0,
        }),
      },
      'refused',
      /no address/,
    ],
    [
      'room',
      {
        services: { status: 'known', count: 3 },
        quotas: read({ name: 'Services per Region', value: 4 }),
      },
      'passes',
      /^3 of 4 services/,
    ],
    [
      'no room',
      {
        services: { status: 'known', count: 4 },
        quotas: read({ name: 'Services per AWS Region', value: 4 }),
      },
      'refused',
      /used up/,
    ],
    [
      'a quota unread',
      { services: { status: 'known', count: 4 }, quotas: away },
      'unknown',
      /AccessDenied/,
    ],
    [
      'a quota without a name',
      { services: { status: 'known', count: 4 }, quotas: read() },
      'unknown',
      /names no quota/,
    ],
    [
      'a count unread',
      {
        services: away,
        quotas: read({ name: 'Services per Region', value: 4 }),
      },
      'unknown',
      /is not known: AccessDenied/,
    ],
    [
      'a full network',
      {
        associations: { status: 'known', count: 500 },
        networkQuotas: read({
          name: 'Service associations per service network',
          value: 500,
        }),
      },
      'refused',
      /500 of 500 services in the service network/,
    ],
  ])('of %s', (_, facts, result, message) => {
    const check = checkPlan(plan, facts).at(facts.refusal ? 0 : -1)!;
    expect(check.result).toBe(result);
    expect(check.message).toMatch(message);
  });

  it.each([
    ['none', 'passes', /yet/],
    [networkArn, 'refused', /already/],
    ['other', 'refused', /one only. It can join another by an endpoint/],
  ])('of a VPC that is to join, associated with %s', (arn, result, message) => {
    const association =
      arn === 'none'
        ? ({ status: 'none' } as const)
        : ({
            status: 'associated',
            serviceNetworkArn: arn,
            associationStatus: 'ACTIVE',
          } as const);
    const check = checkPlan(
      { ...plan, vpcAssociation: 'absent' },
      { vpcs: vpc(association) },
    ).at(-1)!;
    expect(check.result).toBe(result);
    expect(check.message).toMatch(message);
  });

  it.each<[PlanFacts['isOwn'], string, RegExp]>([
    [
      { status: 'known', isOwn: true },
      'passes',
      /made it for commerce, and changes it/,
    ],
    [{ status: 'known', isOwn: false }, 'refused', /already/],
    [away, 'unknown', /this template made it could not be read: AccessDenied/],
  ])('of what is there already: own %j', (isOwn, result, message) => {
    const madeBy = { template: 'template:default/x', owner: 'commerce' };
    const { accountId } = plan;
    const join = checkPlan(
      { ...plan, madeBy, vpcAssociation: 'absent' },
      {
        isOwn,
        vpcs: vpc({
          status: 'associated',
          serviceNetworkArn: networkArn,
          associationStatus: 'ACTIVE',
        }),
      },
    ).at(-1)!;
    expect(join).toMatchObject({ id: 'vpc', result });
    expect(join.message).toMatch(message);

    const [, network, ...quota] = checkPlan(
      { accountId, networkName: 'company', madeBy },
      {
        isOwn,
        networks: read({ arn: 'a', name: 'company', accountId, region: 'r' }),
        quotas: read({ name: 'Service networks per Region', value: 1 }),
      },
    );
    expect(network).toMatchObject({ id: 'network-name', result });
    expect(network.message).toMatch(message);
    // What is changed takes no more room.
    expect(quota).toHaveLength(result === 'passes' ? 0 : 1);
  });

  it.each<[string, PlanFacts['calledNetworks'], string, RegExp]>([
    ['one of its networks', read('other', networkArn), 'passes', /is associ/],
    ['another network', read('other'), 'refused', /not with one that the serv/],
    ['networks unread', away, 'unknown', /AccessDenied/],
  ])('of a VPC that calls a service: %s', (_, networks, result, message) => {
    const check = checkPlan(
      {
        accountId: plan.accountId,
        vpcId: 'vpc-1',
        vpcAssociation: 'needed',
        calledServiceArn: 'arn:service',
      },
      {
        calledNetworks: networks,
        vpcs: vpc({
          status: 'associated',
          serviceNetworkArn: networkArn,
          associationStatus: 'ACTIVE',
        }),
      },
    ).at(-1)!;
    expect(check.result).toBe(result);
    expect(check.message).toMatch(message);
  });

  it('does not ask for the association of a VPC that calls nothing', () => {
    expect(
      checkPlan(
        { ...plan, vpcAssociation: undefined },
        { vpcs: vpc({ status: 'none' }) },
      ).at(-1),
    ).toMatchObject({ id: 'vpc', result: 'passes' });
  });

  it.each([
    ['company', ['network-name refused', 'networks-quota passes']],
    ['shared', ['network-name passes', 'networks-quota passes']],
  ])('of a new service network %s', (networkName, expected) => {
    const { accountId } = plan;
    const region = 'us-east-1';
    const checks = checkPlan(
      { accountId, networkName },
      {
        networks: read(
          { arn: 'a', name: 'company', accountId, region },
          { arn: 'b', name: 'shared', accountId: '001122334455', region },
        ),
        quotas: read({ name: 'Service networks per Region', value: 2 }),
      },
    );
    expect(checks.slice(1).map(({ id, result }) => `${id} ${result}`)).toEqual(
      expected,
    );
    expect(checks.at(-1)?.message).toMatch(/^1 of 2 service networks/);
  });

  it('looks at nothing that is not asked for', () => {
    expect(checkPlan({ accountId: '223344556677' }, {})).toHaveLength(1);
  });
});
