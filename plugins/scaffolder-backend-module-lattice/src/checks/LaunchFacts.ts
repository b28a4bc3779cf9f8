import type { Reading } from './Reading';

/** A VPC Lattice service as lists of services and associations show it. */
export interface KnownService {
  arn: string;
  name: string;
  customDomainName?: string;
}

/** A certificate of AWS Certificate Manager. */
export interface Certificate {
  /** Such as `ISSUED` or `PENDING_VALIDATION`. */
  status: string;
  /** All names it is for, in lower case; `*.example.com` stands for one label. */
  domainNames: string[];
}

/** A quota as it applies to an account and region. */
export interface Quota {
  /** Such as `Services per Region`. */
  name: string;
  value: number;
}

/**
 * What AWS holds that a launch could collide with. What the launch has nothing to do with is absent.
 */
export interface LaunchFacts {
  /** The account's own services. */
  services?: Reading<KnownService[]>;
  /** How many target groups the account has. */
  targetGroupCount?: Reading<number>;
  /** ARNs of the service networks the account owns or that are shared with it. */
  serviceNetworkArns?: Reading<string[]>;
  /** Services associated with the service network, of all accounts. */
  associatedServices?: Reading<KnownService[]>;
  /** The service networks the VPC is associated with. */
  vpcAssociations?: Reading<
    { arn: string; serviceNetworkArn: string; status: string }[]
  >;
  /** Undefined: there is no such certificate. */
  certificate?: Reading<Certificate | undefined>;
  /** Domain name of the hosted zone, in lower case and without the last dot. Undefined: there is no such zone. */
  hostedZoneName?: Reading<string | undefined>;
  /** Those of the wanted subnets that there are. */
  subnets?: Reading<{ id: string; vpcId: string }[]>;
  /** Quotas of VPC Lattice in the account. */
  quotas?: Reading<Quota[]>;
  /** Quotas of VPC Lattice in the account that owns the service network. */
  networkQuotas?: Reading<Quota[]>;
}
