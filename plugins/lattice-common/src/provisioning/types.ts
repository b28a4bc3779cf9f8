import type { KnownAccount } from '../api/LatticeApi';

/**
 * What could be read, or why not. What is unknown is not empty.
 *
 * @public
 */
export type ReadResult<T> =
  | { status: 'read'; items: T[] }
  | { status: 'unknown'; reason: string };

/**
 * Where something is to be created.
 *
 * @public
 */
export interface ProvisioningPlace {
  /** 12 digits. */
  accountId: string;
  /** Absent: the first Region of the account in the configuration. */
  region?: string;
}

/**
 * An account, and whether the viewer may create something in it.
 *
 * @public
 */
export interface ProvisioningAccount extends KnownAccount {
  /** Why the viewer may not, in a sentence. Absent: they may. */
  refusal?: string;
}

/**
 * A service network that services and VPCs of an account can join: its own, or shared with it.
 *
 * @public
 */
export interface ProvisioningNetwork {
  arn: string;
  name: string;
  /** Account that owns it. */
  accountId: string;
  region: string;
}

/**
 * What a VPC is associated with.
 *
 * @public
 */
export type VpcAssociationState =
  | {
      status: 'associated';
      /** Absent: AWS didn't tell. */
      associationArn?: string;
      serviceNetworkArn: string;
      serviceNetworkName?: string;
      /** As AWS says, such as `ACTIVE` or `CREATE_IN_PROGRESS`. */
      associationStatus: string;
    }
  | { status: 'none' }
  | { status: 'unknown'; reason: string };

/**
 * A VPC that something can be placed in.
 *
 * @public
 */
export interface ProvisioningVpc {
  id: string;
  name?: string;
  cidrBlock?: string;
  /** Account that owns it; another one where its subnets are shared. */
  ownerAccountId?: string;
  association: VpcAssociationState;
}

/**
 * A subnet of a VPC.
 *
 * @public
 */
export interface ProvisioningSubnet {
  id: string;
  vpcId: string;
  name?: string;
  cidrBlock?: string;
  availabilityZone?: string;
  /** The same in all accounts, such as `use1-az1`. */
  availabilityZoneId?: string;
  availableAddresses?: number;
}

/**
 * A managed prefix list of VPC Lattice in a Region.
 *
 * @public
 */
export interface ProvisioningPrefixList {
  id: string;
  /** `com.amazonaws.us-east-1.vpc-lattice`. */
  name: string;
  addressFamily?: string;
}

/**
 * A certificate of AWS Certificate Manager.
 *
 * @public
 */
export interface ProvisioningCertificate {
  arn: string;
  /** The domain names it is for; the first is the certificate's own. */
  domainNames: string[];
  /** As AWS says, such as `ISSUED`. */
  status: string;
  /** ISO 8601. */
  expiresAt?: string;
}

/**
 * A hosted zone of Route 53.
 *
 * @public
 */
export interface ProvisioningHostedZone {
  /** Without `/hostedzone/`. */
  id: string;
  /** Without the dot at the end. */
  name: string;
  isPrivate: boolean;
}

/**
 * Where access logs can be delivered.
 *
 * @public
 */
export interface ProvisioningLogDestination {
  arn: string;
  kind: 'bucket' | 'log-group' | 'delivery-stream';
  /** Services and networks the viewer may see whose access logs are delivered there already. */
  usedBy: string[];
}

/**
 * What is to be created, as far as it is known. What is absent is not looked at.
 *
 * @public
 */
export interface ProvisioningPlan extends ProvisioningPlace {
  /** Service network that is joined. */
  networkArn?: string;
  /** Name of the service. */
  serviceName?: string;
  /**
   * The template that runs, and for whom, as entity references: a service or service network of that name, or a VPC
   * association, which the template made for that owner is changed. Absent: all is new.
   */
  madeBy?: { template: string; owner: string };
  /** Name of the service network that is made. */
  networkName?: string;
  /** ARN of a service to be called: its service networks count where there is no `networkArn`. */
  calledServiceArn?: string;
  /** Custom domain name. */
  domainName?: string;
  certificateArn?: string;
  hostedZoneId?: string;
  vpcId?: string;
  /**
   * Whether the VPC has to be associated with the service network, as something in it calls out, or with none yet, as
   * it is about to be. Absent: either will do.
   */
  vpcAssociation?: 'needed' | 'absent';
  subnetIds?: string[];
}

/**
 * What a check of a plan is about.
 *
 * @public
 */
export type ProvisioningCheckId =
  | 'account'
  | 'network'
  | 'service-name'
  | 'network-name'
  | 'domain-name'
  | 'certificate'
  | 'hosted-zone'
  | 'vpc'
  | 'subnets'
  | 'services-quota'
  | 'associations-quota'
  | 'networks-quota';

/**
 * Whether one thing about a plan would work.
 *
 * @public
 */
export interface ProvisioningCheck {
  id: ProvisioningCheckId;
  /** `unknown`: it could not be checked; that is no yes. */
  result: 'passes' | 'refused' | 'unknown';
  /** A sentence: why, and for a refusal what to do. */
  message: string;
}

/**
 * The answer to a plan.
 *
 * @public
 */
export interface ProvisioningReview {
  /** As it was looked at. */
  region: string;
  checks: ProvisioningCheck[];
}
