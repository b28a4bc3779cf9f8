import type {
  ProvisioningCertificate,
  ProvisioningHostedZone,
  ProvisioningNetwork,
  ProvisioningPrefixList,
  ProvisioningSubnet,
  ProvisioningVpc,
} from '@lattice-portal/plugin-lattice-common';

/**
 * An account and Region to read.
 *
 * @public
 */
export interface ReadPlace {
  accountId: string;
  region: string;
}

/**
 * A quota of VPC Lattice as it applies to an account and Region.
 *
 * @public
 */
export interface LatticeQuota {
  /** As Service Quotas calls it, such as `Services per Region`. */
  name: string;
  value: number;
}

/**
 * Reads what new resources of an account can be placed in or connected with, as it is now.
 *
 * @remarks
 * All methods throw what AWS answers, `NotFoundError` if the configuration has no such account.
 *
 * @public
 */
export interface ProvisioningReader {
  /** Service networks of the account, and those shared with it. */
  networks(place: ReadPlace): Promise<ProvisioningNetwork[]>;
  /** VPCs of the account, and those of others with subnets shared with it; each with its association. */
  vpcs(place: ReadPlace): Promise<ProvisioningVpc[]>;
  subnets(place: ReadPlace & { vpcId: string }): Promise<ProvisioningSubnet[]>;
  /** Those of VPC Lattice: one for IPv4, one for IPv6. */
  prefixLists(place: ReadPlace): Promise<ProvisioningPrefixList[]>;
  /** Certificates that are issued, or about to be. */
  certificates(place: ReadPlace): Promise<ProvisioningCertificate[]>;
  hostedZones(place: ReadPlace): Promise<ProvisioningHostedZone[]>;
  /** ARNs of S3 buckets of the account. */
  buckets(place: ReadPlace): Promise<string[]>;
  /** Tags of something of VPC Lattice. */
  tags(place: ReadPlace & { arn: string }): Promise<Record<string, string>>;
  /** Quotas of VPC Lattice. */
  quotas(place: ReadPlace): Promise<LatticeQuota[]>;
}
