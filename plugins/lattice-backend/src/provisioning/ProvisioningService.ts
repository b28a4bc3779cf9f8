import { stringifyError } from '@backstage/errors';
import {
  parseArn,
  type ProvisioningAccount,
  type ProvisioningLogDestination,
  type ProvisioningNetwork,
  type ProvisioningPlan,
  type ProvisioningReview,
  type ProvisioningVpc,
  type ReadResult,
} from '@lattice-portal/plugin-lattice-common';
import {
  type ProvisioningReader,
  type ReadPlace,
  whyNotProvision,
} from '@lattice-portal/plugin-lattice-node';
import type { EstateIndex } from '../estate/EstateIndex';
import type { EstateService } from '../estate/EstateService';
import { checkPlan } from './checkPlan';
import type { PlanFacts } from './checks/PlanFacts';
import {
  countAssociations,
  countServices,
  networksOfCalled,
  isMadeBy,
  servicesWithDomain,
  servicesWithName,
  serviceToChange,
} from './estateFacts';
import { toLogDestinations } from './toLogDestinations';

/** Who asks. */
export interface ProvisioningViewer {
  /** Entity references of the user and what they belong to. */
  claims: string[];
  /** Whether they may see a service or network, by ARN. */
  maySee: (arn: string) => boolean;
}

/**
 * What can be chosen for something new, and what would be refused.
 */
export class ProvisioningService {
  static create(options: {
    estate: EstateService;
    reader: ProvisioningReader;
    platformGroups: string[];
  }): ProvisioningService {
    return new ProvisioningService(options);
  }

  private constructor(
    private readonly options: Parameters<typeof ProvisioningService.create>[0],
  ) {}

  async accounts(viewer: ProvisioningViewer): Promise<ProvisioningAccount[]> {
    const index = await this.options.estate.current();
    return index.accounts.map(({ accountId, name, regions }) => ({
      accountId,
      name,
      owner: index.ownerOfAccount(accountId),
      regions,
      refusal: this.refusalOf({ viewer, index, accountId }),
    }));
  }

  /** Why the viewer may not create anything in the account. Absent: they may. */
  async refusal(options: {
    viewer: ProvisioningViewer;
    accountId: string;
  }): Promise<string | undefined> {
    const index = await this.options.estate.current();
    return this.refusalOf({ ...options, index });
  }

  /** The Region that is meant: as said, else the account's first. */
  async placeOf(options: {
    accountId: string;
    region?: string;
  }): Promise<ReadPlace> {
    const { accountId, region } = options;
    const index = await this.options.estate.current();
    const account = index.account(accountId);
    return { accountId, region: region ?? account?.regions[0] ?? '' };
  }

  async logDestinations(options: {
    viewer: ProvisioningViewer;
    place: ReadPlace;
  }): Promise<ReadResult<ProvisioningLogDestination>> {
    const { viewer, place } = options;
    const index = await this.options.estate.current();
    const buckets = await this.read(reader => reader.buckets(place));
    if (buckets.status === 'unknown') {
      return buckets;
    }
    return {
      status: 'read',
      items: toLogDestinations({
        index,
        place,
        buckets: buckets.items,
        maySee: viewer.maySee,
      }),
    };
  }

  /** Reads from AWS; what fails is unknown, with the reason. */
  async read<T>(
    ask: (reader: ProvisioningReader) => Promise<T[]>,
  ): Promise<ReadResult<T>> {
    try {
      return { status: 'read', items: await ask(this.options.reader) };
    } catch (error) {
      return { status: 'unknown', reason: stringifyError(error) };
    }
  }

  async review(options: {
    viewer: ProvisioningViewer;
    plan: ProvisioningPlan;
  }): Promise<ProvisioningReview> {
    const { viewer, plan } = options;
    const { accountId } = plan;
    const index = await this.options.estate.current();
    const place = await this.placeOf({
      accountId,
      region:
        plan.region ??
        parseArn(plan.networkArn ?? plan.calledServiceArn ?? '')?.region,
    });
    const refusal = this.refusalOf({ viewer, index, accountId });
    // Who may not build there is not told what is there either.
    const facts = refusal
      ? { refusal }
      : await this.factsFor({ viewer, plan, index, place });
    return { region: place.region, checks: checkPlan(plan, facts) };
  }

  private async factsFor(options: {
    viewer: ProvisioningViewer;
    plan: ProvisioningPlan;
    index: EstateIndex;
    place: ReadPlace;
  }): Promise<PlanFacts> {
    const { viewer, plan, index, place } = options;
    const { networkArn, serviceName, networkName, domainName, vpcId } = plan;
    const { maySee } = viewer;
    const changed = serviceToChange({ index, place, plan });
    const [
      networks,
      certificates,
      hostedZones,
      vpcs,
      subnets,
      quotas,
      networkQuotas,
    ] = await Promise.all([
      when(networkArn ?? networkName, () =>
        this.read(reader => reader.networks(place)),
      ),
      when(plan.certificateArn, () =>
        this.read(reader => reader.certificates(place)),
      ),
      when(plan.hostedZoneId, () =>
        this.read(reader => reader.hostedZones(place)),
      ),
      when(vpcId, () => this.read(reader => reader.vpcs(place))),
      when(vpcId && plan.subnetIds?.length ? vpcId : undefined, id =>
        this.read(reader => reader.subnets({ ...place, vpcId: id })),
      ),
      when(serviceName ?? networkName, () =>
        this.read(reader => reader.quotas(place)),
      ),
      when(serviceName && networkArn, arn =>
        this.read(reader =>
          reader.quotas({
            accountId: parseArn(arn)?.accountId ?? place.accountId,
            region: place.region,
          }),
        ),
      ),
    ]);
    const standingArn = standingOf({ plan, networks, vpcs });
    return {
      certificates,
      hostedZones,
      vpcs,
      subnets,
      quotas,
      networkQuotas,
      networks,
      calledNetworks: plan.calledServiceArn
        ? networksOfCalled({ index, serviceArn: plan.calledServiceArn, maySee })
        : undefined,
      nameTaken: serviceName
        ? servicesWithName({ index, place, serviceName, maySee })
        : undefined,
      domainTaken: domainName
        ? servicesWithDomain({
            index,
            domainName,
            networkArn,
            exceptArn: changed?.arn,
            maySee,
          })
        : undefined,
      isChange: changed !== undefined,
      isOwn: standingArn
        ? await this.isOwn({ plan, place, arn: standingArn })
        : undefined,
      services:
        serviceName && !changed ? countServices(index, place) : undefined,
      associations:
        serviceName && networkArn && !changed
          ? countAssociations(index, networkArn)
          : undefined,
    };
  }

  /** Whether the template that runs made something of VPC Lattice, for the same owner. */
  private async isOwn(options: {
    plan: ProvisioningPlan;
    place: ReadPlace;
    arn: string;
  }): Promise<PlanFacts['isOwn']> {
    const { plan, place, arn } = options;
    if (!plan.madeBy) {
      return { status: 'known', isOwn: false };
    }
    const tags = await this.read(async reader => [
      await reader.tags({ ...place, arn }),
    ]);
    return tags.status === 'read'
      ? {
          status: 'known',
          isOwn: tags.items.some(of => isMadeBy(of, plan.madeBy)),
        }
      : tags;
  }

  private refusalOf(options: {
    viewer: ProvisioningViewer;
    index: EstateIndex;
    accountId: string;
  }): string | undefined {
    const { viewer, index, accountId } = options;
    return whyNotProvision({
      claims: viewer.claims,
      accountId,
      accounts: index.accounts,
      platformGroups: this.options.platformGroups,
    });
  }
}

/** ARN of what the plan would make a second time. */
function standingOf(options: {
  plan: ProvisioningPlan;
  networks: ReadResult<ProvisioningNetwork> | undefined;
  vpcs: ReadResult<ProvisioningVpc> | undefined;
}): string | undefined {
  const { plan, networks, vpcs } = options;
  if (plan.networkName !== undefined) {
    return networks?.status === 'read'
      ? networks.items.find(
          ({ name, accountId }) =>
            name === plan.networkName && accountId === plan.accountId,
        )?.arn
      : undefined;
  }
  if (plan.vpcAssociation !== 'absent' || vpcs?.status !== 'read') {
    return undefined;
  }
  const association = vpcs.items.find(
    ({ id }) => id === plan.vpcId,
  )?.association;
  return association?.status === 'associated'
    ? association.associationArn
    : undefined;
}

async function when<TValue extends string, TResult>(
  value: TValue | undefined,
  run: (value: TValue) => Promise<TResult>,
): Promise<TResult | undefined> {
  return value ? run(value) : undefined;
}
