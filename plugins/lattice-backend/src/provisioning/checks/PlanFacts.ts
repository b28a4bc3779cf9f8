import type {
  ProvisioningCertificate,
  ProvisioningHostedZone,
  ProvisioningNetwork,
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
