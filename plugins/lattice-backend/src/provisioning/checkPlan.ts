import type {
  ProvisioningCertificate,
  ProvisioningCheck,
  ProvisioningCheckId,
  ProvisioningHostedZone,
  ProvisioningNetwork,
  ProvisioningPlan,
  ProvisioningSubnet,
  ProvisioningVpc,
  ReadResult,
} from '@lattice-portal/plugin-lattice-common';
import type { LatticeQuota } from '@lattice-portal/plugin-lattice-node';

/** How many of something there are, or why that is not known. */
export type Count =
  | { status: 'known'; count: number }
  | { status: 'unknown'; reason: string };

/** A service that has a name or domain name already, as far as the viewer may know. */
export interface TakenBy {
  /** `orders in account 223344556677`, `a service that you may not see`. */
  description: string;
}

/** What a plan is held against. Absent: the plan doesn't ask for it. */
export interface PlanFacts {
  /** Why the viewer may not create anything in the account. Absent: they may. */
  refusal?: string;
  /** Service networks of the account, and those shared with it. */
  networks?: ReadResult<ProvisioningNetwork>;
  /** Services of the account and Region with the name. */
  nameTaken?: ReadResult<TakenBy>;
  /** Whether the service of that name is the one to be changed. */
  isChange?: boolean;
  /** Services of the network with the domain name. */
  domainTaken?: ReadResult<TakenBy>;
  certificates?: ReadResult<ProvisioningCertificate>;
  hostedZones?: ReadResult<ProvisioningHostedZone>;
  vpcs?: ReadResult<ProvisioningVpc>;
  /**
   * Whether what is there already, the service network of the name or the VPC's association with the network, is the
   * template's own to change. Absent: there is none.
   */
  isOwn?:
    | { status: 'known'; isOwn: boolean }
    | { status: 'unknown'; reason: string };
  /** ARNs of the service networks that the service to be called is associated with. */
  calledNetworks?: ReadResult<string>;
  subnets?: ReadResult<ProvisioningSubnet>;
  /** Services of the account and Region. */
  services?: Count;
  /** Quotas of the account. */
  quotas?: ReadResult<LatticeQuota>;
  /** Services associated with the network. */
  associations?: Count;
  /** Quotas of the account that owns the network. */
  networkQuotas?: ReadResult<LatticeQuota>;
}

/** Holds a plan against what is known. */
export function checkPlan(
  plan: ProvisioningPlan,
  facts: PlanFacts,
): ProvisioningCheck[] {
  return [
    checkAccount(plan, facts),
    plan.networkArn !== undefined &&
      facts.networks &&
      checkNetwork(plan, facts.networks),
    plan.networkName !== undefined &&
      facts.networks &&
      checkNetworkName(plan, facts, facts.networks),
    facts.nameTaken && checkName(plan, facts),
    facts.domainTaken && checkDomain(plan, facts.domainTaken),
    facts.certificates && checkCertificate(plan, facts.certificates),
    facts.hostedZones && checkHostedZone(plan, facts.hostedZones),
    facts.vpcs && checkVpc(plan, facts),
    facts.subnets && checkSubnets(plan, facts.subnets),
    facts.services &&
      facts.quotas &&
      checkQuota({
        id: 'services-quota',
        used: facts.services,
        quotas: facts.quotas,
        pattern: /^services per (aws )?region$/i,
        what: `services in account ${plan.accountId}`,
      }),
    facts.associations &&
      facts.networkQuotas &&
      checkQuota({
        id: 'associations-quota',
        used: facts.associations,
        quotas: facts.networkQuotas,
        pattern: /^service associations per service network$/i,
        what: 'services in the service network',
      }),
    plan.networkName !== undefined &&
      facts.networks &&
      facts.quotas &&
      !isOwnToChange(facts) &&
      checkQuota({
        id: 'networks-quota',
        used: countNetworks(plan, facts.networks),
        quotas: facts.quotas,
        pattern: /^service networks per (aws )?region$/i,
        what: `service networks of account ${plan.accountId}`,
      }),
  ].filter(check => check !== undefined && check !== false);
}

/** A check of something read: unknown while it could not be read. */
function checkRead<T>(
  id: ProvisioningCheckId,
  result: ReadResult<T>,
  what: string,
  check: (items: T[]) => Omit<ProvisioningCheck, 'id'>,
): ProvisioningCheck {
  return result.status === 'read'
    ? { id, ...check(result.items) }
    : {
        id,
        result: 'unknown',
        message: `${what} could not be read: ${result.reason}`,
      };
}

const passes = (message: string) => ({ result: 'passes' as const, message });
const refused = (message: string) => ({ result: 'refused' as const, message });
const unknown = (message: string) => ({ result: 'unknown' as const, message });

function checkAccount(
  { accountId }: ProvisioningPlan,
  { refusal }: PlanFacts,
): ProvisioningCheck {
  return refusal
    ? { id: 'account', ...refused(`${refusal}.`) }
    : {
        id: 'account',
        ...passes(`You may create something in account ${accountId}.`),
      };
}

function checkNetwork(
  { networkArn, accountId }: ProvisioningPlan,
  networks: ReadResult<ProvisioningNetwork>,
) {
  return checkRead('network', networks, 'The service networks', items => {
    const network = items.find(({ arn }) => arn === networkArn);
    return network
      ? passes(`Service network ${network.name} can be joined.`)
      : refused(
          `Service network ${networkArn} is not shared with account ${accountId}. Its owner can share it with AWS RAM.`,
        );
  });
}

function checkName(
  { serviceName, accountId, madeBy }: ProvisioningPlan,
  { nameTaken, isChange }: PlanFacts,
) {
  return checkRead('service-name', nameTaken!, 'Names in use', ([other]) => {
    if (isChange) {
      return passes(
        `The service ${serviceName} is there: this template made it for ${madeBy?.owner}, and changes it.`,
      );
    }
    return other
      ? refused(
          `Account ${accountId} has a service ${serviceName} already. Choose another name.`,
        )
      : passes(`The name ${serviceName} is free.`);
  });
}

function checkDomain(
  { domainName }: ProvisioningPlan,
  taken: ReadResult<TakenBy>,
) {
  return checkRead('domain-name', taken, 'Host names in use', ([other]) =>
    other
      ? refused(
          `${domainName} is the host name of ${other.description}. A host name can be used once in a service network; choose another one.`,
        )
      : passes(`The host name ${domainName} is free.`),
  );
}

function checkCertificate(
  { certificateArn, domainName }: ProvisioningPlan,
  certificates: ReadResult<ProvisioningCertificate>,
) {
  return checkRead('certificate', certificates, 'The certificates', certs => {
    const certificate = certs.find(({ arn }) => arn === certificateArn);
    if (!certificate) {
      return refused(
        `Certificate ${certificateArn} is not in this account and Region.`,
      );
    }
    if (certificate.status !== 'ISSUED') {
      return refused(
        `The certificate is not issued yet: ${certificate.status}.`,
      );
    }
    return domainName && !coversDomain(certificate, domainName)
      ? refused(
          `The certificate is for ${certificate.domainNames.join(
            ', ',
          )}, not for ${domainName}.`,
        )
      : passes('The certificate is issued and fits.');
  });
}

/** Whether a certificate is for a host name; `*` stands for one label. */
export function coversDomain(
  { domainNames }: Pick<ProvisioningCertificate, 'domainNames'>,
  domainName: string,
): boolean {
  const wanted = domainName.toLocaleLowerCase('en-US');
  const [, ...parent] = wanted.split('.');
  return domainNames
    .map(name => name.toLocaleLowerCase('en-US'))
    .some(name => name === wanted || name === `*.${parent.join('.')}`);
}

function checkHostedZone(
  { hostedZoneId, domainName }: ProvisioningPlan,
  zones: ReadResult<ProvisioningHostedZone>,
) {
  return checkRead('hosted-zone', zones, 'The hosted zones', items => {
    const zone = items.find(({ id }) => id === hostedZoneId);
    if (!zone) {
      return refused(`Hosted zone ${hostedZoneId} is not in this account.`);
    }
    return domainName && !`.${domainName}`.endsWith(`.${zone.name}`)
      ? refused(`Hosted zone ${zone.name} has no place for ${domainName}.`)
      : passes(`Hosted zone ${zone.name} takes the record.`);
  });
}

function checkNetworkName(
  { networkName, accountId, madeBy }: ProvisioningPlan,
  facts: PlanFacts,
  networks: ReadResult<ProvisioningNetwork>,
) {
  return checkRead('network-name', networks, 'The service networks', items => {
    const isTaken = ownNetworks(items, accountId).some(
      ({ name }) => name === networkName,
    );
    if (!isTaken) {
      return passes(`The name ${networkName} is free.`);
    }
    const there = `Account ${accountId} has a service network ${networkName} already`;
    return (
      checkOwn(facts, there, madeBy) ??
      refused(`${there}. Choose another name.`)
    );
  });
}

function isOwnToChange({ isOwn }: PlanFacts): boolean {
  return isOwn?.status === 'known' && isOwn.isOwn;
}

/** What is there already passes where the template changes it. Undefined: it is somebody else's. */
function checkOwn(
  facts: PlanFacts,
  there: string,
  madeBy: ProvisioningPlan['madeBy'],
) {
  if (facts.isOwn?.status === 'unknown') {
    return unknown(
      `${there}. Whether this template made it could not be read: ${facts.isOwn.reason}`,
    );
  }
  return isOwnToChange(facts)
    ? passes(
        `${there}: this template made it for ${madeBy?.owner}, and changes it.`,
      )
    : undefined;
}

/** The list has those that are shared with the account, too. */
function ownNetworks(items: ProvisioningNetwork[], accountId: string) {
  return items.filter(network => network.accountId === accountId);
}

function countNetworks(
  { accountId }: ProvisioningPlan,
  networks: ReadResult<ProvisioningNetwork>,
): Count {
  return networks.status === 'read'
    ? { status: 'known', count: ownNetworks(networks.items, accountId).length }
    : networks;
}

function checkVpc(plan: ProvisioningPlan, facts: PlanFacts) {
  const { vpcId, vpcAssociation } = plan;
  return checkRead('vpc', facts.vpcs!, 'The VPCs', items => {
    const vpc = items.find(({ id }) => id === vpcId);
    if (!vpc) {
      return refused(`${vpcId} is no VPC of this account and Region.`);
    }
    if (!vpcAssociation) {
      return passes(`${vpcId} is a VPC of this account and Region.`);
    }
    const { association } = vpc;
    if (association.status === 'unknown') {
      return unknown(
        `Whether ${vpcId} is associated with a service network could not be read: ${association.reason}`,
      );
    }
    return vpcAssociation === 'absent'
      ? checkJoining({ plan, facts, association })
      : checkAssociation({ plan, facts, association });
  });
}

type ReadAssociation = Exclude<
  ProvisioningVpc['association'],
  { status: 'unknown' }
>;

/** A VPC has one association at most; by endpoints it can join any number. */
function checkJoining(options: {
  plan: ProvisioningPlan;
  facts: PlanFacts;
  association: ReadAssociation;
}) {
  const { plan, facts, association } = options;
  const { vpcId, networkArn } = plan;
  if (association.status === 'none') {
    return passes(`${vpcId} is not associated with a service network yet.`);
  }
  const { serviceNetworkArn, serviceNetworkName = serviceNetworkArn } =
    association;
  if (serviceNetworkArn !== networkArn) {
    return refused(
      `${vpcId} is associated with service network ${serviceNetworkName}, and a VPC can be associated with one only. It can join another by an endpoint.`,
    );
  }
  const there = `${vpcId} is associated with service network ${serviceNetworkName} already`;
  return (
    checkOwn(facts, there, plan.madeBy) ??
    refused(`${there}: it needs nothing more.`)
  );
}

const JOIN = 'with the template Join a VPC to a service network';

/** Nothing in a VPC reaches a service network that the VPC isn't associated with. */
function checkAssociation(options: {
  plan: ProvisioningPlan;
  facts: PlanFacts;
  association: ReadAssociation;
}) {
  const { plan, facts, association } = options;
  const { vpcId, calledServiceArn } = plan;
  if (association.status === 'none') {
    return refused(
      `${vpcId} is not associated with a service network, so nothing in it reaches one. Choose another VPC, or join it first ${JOIN}.`,
    );
  }
  const { serviceNetworkArn, associationStatus } = association;
  const name = association.serviceNetworkName ?? serviceNetworkArn;
  const wanted = plan.networkArn
    ? ({ status: 'read', items: [plan.networkArn] } as const)
    : facts.calledNetworks;
  if (wanted?.status === 'unknown') {
    return unknown(
      `Which service networks ${calledServiceArn} is in could not be read: ${wanted.reason}`,
    );
  }
  if (wanted && !wanted.items.includes(serviceNetworkArn)) {
    return refused(
      `${vpcId} is associated with service network ${name}, not with ${
        plan.networkArn
          ? 'the chosen one'
          : 'one that the service is associated with'
      }; a VPC can be associated with one. Choose another VPC, or let it join by an endpoint ${JOIN}.`,
    );
  }
  return associationStatus === 'ACTIVE'
    ? passes(`${vpcId} is associated with service network ${name}.`)
    : refused(
        `The association of ${vpcId} with service network ${name} is not active: ${associationStatus}. Wait until it is, or repair it.`,
      );
}

function checkSubnets(
  { subnetIds = [], vpcId }: ProvisioningPlan,
  subnets: ReadResult<ProvisioningSubnet>,
) {
  return checkRead('subnets', subnets, 'The subnets', items => {
    const foreign = subnetIds.filter(id => !items.some(s => s.id === id));
    const full = items.filter(
      ({ id, availableAddresses }) =>
        subnetIds.includes(id) && availableAddresses === 0,
    );
    if (foreign.length > 0) {
      return refused(`${foreign.join(', ')}: not in ${vpcId}.`);
    }
    return full.length > 0
      ? refused(
          `${full.map(({ id }) => id).join(', ')}: no address is left there.`,
        )
      : passes('The subnets are in the VPC.');
  });
}

function checkQuota(options: {
  id: 'services-quota' | 'associations-quota' | 'networks-quota';
  used: Count;
  quotas: ReadResult<LatticeQuota>;
  pattern: RegExp;
  what: string;
}): ProvisioningCheck {
  const { id, used, quotas, pattern, what } = options;
  const read = checkRead(id, quotas, `The quota of ${what}`, items => {
    const quota = items.find(({ name }) => pattern.test(name));
    if (!quota) {
      return unknown(`AWS names no quota of ${what}.`);
    }
    if (used.status === 'unknown') {
      return unknown(
        `How many ${what} there are is not known: ${used.reason}. The quota is ${quota.value}.`,
      );
    }
    const state = `${used.count} of ${quota.value} ${what}`;
    return used.count >= quota.value
      ? refused(
          `${state}: the quota is used up. Ask AWS for a higher one, or take one out.`,
        )
      : passes(`${state}.`);
  });
  return read;
}
