import {
  type EstateResource,
  type EstateSnapshot,
  estateEntityRefs,
  ownerOf,
  parseArn,
  type Role,
  type Service,
  type ServiceAssociation,
  type ServiceNetwork,
  type TargetGroup,
  toOwnerRef,
  type Vpc,
  type VpcAssociation,
} from '@lattice-portal/plugin-lattice-common';
import type { LatticeAccount } from '@lattice-portal/plugin-lattice-node';

/**
 * The estate of all accounts and regions, ready for look-up. Immutable.
 */
export class EstateIndex {
  readonly snapshots: readonly EstateSnapshot[];
  /** By ARN. */
  readonly services: ReadonlyMap<string, Service>;
  readonly serviceNetworks: ReadonlyMap<string, ServiceNetwork>;
  readonly targetGroups: ReadonlyMap<string, TargetGroup>;
  readonly serviceAssociations: readonly ServiceAssociation[];
  readonly vpcAssociations: readonly VpcAssociation[];
  /** By id. */
  readonly vpcs: ReadonlyMap<string, Vpc>;
  readonly roles: readonly Role[];
  readonly #accounts: ReadonlyMap<string, LatticeAccount>;
  /** By account. */
  readonly #accountOwners: ReadonlyMap<string, string | undefined>;
  /** By ARN of a service or network. */
  readonly #resourceOwners: ReadonlyMap<string, string | undefined>;
  readonly #entityRefs: ReadonlyMap<string, string>;
  readonly #networksByService = new Map<string, Set<string>>();
  readonly #rolesByCallerId: ReadonlyMap<string, Role>;

  static create(options: {
    accounts: readonly LatticeAccount[];
    snapshots: readonly EstateSnapshot[];
  }): EstateIndex {
    return new EstateIndex(options);
  }

  private constructor(options: {
    accounts: readonly LatticeAccount[];
    snapshots: readonly EstateSnapshot[];
  }) {
    this.snapshots = options.snapshots;
    this.#accounts = new Map(
      options.accounts.map(account => [account.accountId, account]),
    );
    this.#accountOwners = new Map(
      options.accounts.map(({ accountId, owner }) => [
        accountId,
        toOwnerRef(owner),
      ]),
    );
    const estates = options.snapshots.flatMap(({ estate }) =>
      estate ? [estate] : [],
    );
    this.services = bestCopies(estates, estate => estate.services);
    this.serviceNetworks = bestCopies(
      estates,
      estate => estate.serviceNetworks,
    );
    this.targetGroups = bestCopies(estates, estate => estate.targetGroups);
    this.#resourceOwners = new Map(
      [...this.services.values(), ...this.serviceNetworks.values()].map(
        ({ arn, tags, accountId }) => [
          arn,
          ownerOf({ tags, accountOwner: this.account(accountId)?.owner }),
        ],
      ),
    );
    this.serviceAssociations = uniqueByArn(
      estates.flatMap(estate => estate.serviceAssociations),
    );
    for (const { serviceArn, serviceNetworkArn } of this.serviceAssociations) {
      const networks = this.#networksByService.get(serviceArn) ?? new Set();
      this.#networksByService.set(serviceArn, networks.add(serviceNetworkArn));
    }
    this.vpcAssociations = uniqueByArn(
      estates.flatMap(estate => estate.vpcAssociations),
    );
    this.vpcs = new Map(
      estates.flatMap(estate => estate.vpcs).map(vpc => [vpc.id, vpc]),
    );
    this.roles = uniqueByArn(estates.flatMap(estate => estate.roles));
    this.#rolesByCallerId = new Map(
      this.roles.map(role => [
        `${role.arn.slice(0, role.arn.indexOf(':role/'))}:role/${role.name}`,
        role,
      ]),
    );
    this.#entityRefs = estateEntityRefs(estates);
  }

  account(accountId: string): LatticeAccount | undefined {
    return this.#accounts.get(accountId);
  }

  get accounts(): LatticeAccount[] {
    return [...this.#accounts.values()];
  }

  /** What the portal has of an account and Region. Absent: it reads nothing there. */
  snapshot(place: {
    accountId: string;
    region: string;
  }): EstateSnapshot | undefined {
    return this.snapshots.find(
      ({ accountId, region }) =>
        accountId === place.accountId && region === place.region,
    );
  }

  serviceById(id: string): Service | undefined {
    for (const service of this.services.values()) {
      if (service.id === id || service.arn === id) {
        return service;
      }
    }
    return undefined;
  }

  /** The role behind a caller, with its path. Absent: not in what could be read of the account. */
  roleOfCaller(callerId: string): Role | undefined {
    return this.#rolesByCallerId.get(callerId);
  }

  /** All roles of the estate, as callers are named in the logs. */
  callerIds(): Iterable<string> {
    return this.#rolesByCallerId.keys();
  }

  entityRefOf(arn: string): string | undefined {
    return this.#entityRefs.get(arn);
  }

  /** Entity reference of the account's owner, as configured. */
  ownerOfAccount(accountId: string | undefined): string | undefined {
    return this.#accountOwners.get(accountId ?? '');
  }

  /** Entity reference of the owner of a service or network, in the estate or not. */
  ownerOfResource(arn: string): string | undefined {
    return this.#resourceOwners.has(arn)
      ? this.#resourceOwners.get(arn)
      : this.ownerOfAccount(parseArn(arn)?.accountId);
  }

  networksOfService(serviceArn: string): string[] {
    return [...(this.#networksByService.get(serviceArn) ?? [])];
  }

  /** ARN of the network a VPC is associated with. Absent: with none that could be read. */
  networkOfVpc(vpcId: string): string | undefined {
    return this.vpcAssociations.find(association => association.vpcId === vpcId)
      ?.serviceNetworkArn;
  }
}

/** A shared resource shows in several accounts: the owner's own view of it knows most. */
function bestCopies<
  TEstate extends { accountId: string },
  TResource extends EstateResource,
>(
  estates: TEstate[],
  select: (estate: TEstate) => TResource[],
): Map<string, TResource> {
  const copies = new Map<string, TResource>();
  for (const estate of estates) {
    for (const resource of select(estate)) {
      if (
        !copies.has(resource.arn) ||
        resource.accountId === estate.accountId
      ) {
        copies.set(resource.arn, resource);
      }
    }
  }
  return copies;
}

function uniqueByArn<T extends { arn: string }>(items: T[]): T[] {
  return [...new Map(items.map(item => [item.arn, item])).values()];
}
