import type { Described } from './resources';

/** The way of VPC Lattice into the VPC that holds resources. */
export interface ResourceGateway extends Described {
  name: string;
  status: 'ACTIVE';
  vpcId: string;
  subnetIds: string[];
  securityGroupIds: string[];
  ipAddressType: string;
  ipv4AddressesPerEni?: number;
  resourceConfigDnsResolution?: string;
}

/** What a service network can offer besides services: a database, an address, a group of them. */
export interface ResourceConfiguration extends Described {
  name: string;
  status: 'ACTIVE';
  type: 'GROUP' | 'CHILD' | 'SINGLE' | 'ARN' | 'CIDR';
  resourceGatewayId?: string;
  resourceConfigurationGroupId?: string;
  protocol?: string;
  portRanges?: string[];
  /** As in the API. */
  resourceConfigurationDefinition?: Record<string, unknown>;
  allowAssociationToShareableServiceNetwork: boolean;
  customDomainName?: string;
  groupDomain?: string;
}

export interface ResourceAssociation extends Described {
  serviceNetworkArn: string;
  resourceConfigurationArn: string;
  status: 'ACTIVE';
  createdBy: string;
  privateDnsEnabled: boolean;
}

/** Keyed by the ARN of what it is attached to. */
export interface LatticeResourcePolicy {
  resourceArn: string;
  /** As put: JSON text. */
  policy: string;
}
