import type { Estate } from '../../estate/Estate';
import type { Service, ServiceNetwork, Vpc } from '../../estate/resources';

/** Where a call goes, seen from its VPC. */
export type Location =
  | { kind: 'found'; vpc: Vpc; network: ServiceNetwork; service: Service }
  /** The network has no such service: VPC Lattice answers 404. */
  | { kind: 'not-registered' }
  /** The VPC has no association: nothing answers. */
  | { kind: 'unreachable'; reason: string };

/**
 * Finds the service a host name stands for in the service network of the caller's VPC.
 *
 * @remarks
 * A VPC is associated with one network at most. Services answer to the domain name VPC Lattice gave
 * them and to their custom one.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/service-network-associations.html
 */
export function locateService(options: {
  estate: Estate;
  host: string;
  sourceVpcId: string | undefined;
}): Location {
  const { estate, sourceVpcId } = options;
  const host = hostNameOf(options.host);
  if (!sourceVpcId) {
    return { kind: 'unreachable', reason: 'The call comes from no VPC' };
  }
  const vpc = estate.vpcs.get(sourceVpcId);
  if (!vpc) {
    return { kind: 'unreachable', reason: `There is no VPC ${sourceVpcId}` };
  }
  const vpcAssociation = estate.vpcAssociations.find(
    association =>
      association.vpcId === sourceVpcId && association.status === 'ACTIVE',
  );
  const network =
    vpcAssociation &&
    estate.serviceNetworks.get(vpcAssociation.serviceNetworkArn);
  if (!network) {
    return {
      kind: 'unreachable',
      reason: `VPC ${sourceVpcId} is associated with no service network`,
    };
  }
  const candidates = estate.services.filter(service =>
    hostNamesOf(service).includes(host),
  );
  const service = candidates.find(candidate =>
    estate.serviceAssociations.find(
      association =>
        association.serviceArn === candidate.arn &&
        association.serviceNetworkArn === network.arn &&
        association.status === 'ACTIVE',
    ),
  );
  return service
    ? { kind: 'found', vpc, network, service }
    : { kind: 'not-registered' };
}

/** Whether the host header names a VPC Lattice service, in any network. */
export function isServiceHost(estate: Estate, host: string): boolean {
  const name = hostNameOf(host);
  return (
    /\.vpc-lattice-svcs\.[a-z0-9-]+\.on\.aws$/.test(name) ||
    estate.services.find(service => hostNamesOf(service).includes(name)) !==
      undefined
  );
}

function hostNameOf(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, '');
}

function hostNamesOf(service: Service): string[] {
  return [service.dnsEntry.domainName, service.customDomainName]
    .filter(name => name !== undefined)
    .map(name => name.toLowerCase());
}
