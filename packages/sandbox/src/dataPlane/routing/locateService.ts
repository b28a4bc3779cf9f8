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
 * Finds the service a host name stands for in the service networks of the caller's VPC.
 *
 * @remarks
 * A VPC is associated with one network at most, and reaches more by endpoints. Services answer to the
 * domain name VPC Lattice gave them and to their custom one; the further names that an endpoint gives
 * them are not known here.
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
  const networks = networksOf(estate, sourceVpcId);
  if (networks.length === 0) {
    return {
      kind: 'unreachable',
      reason: `VPC ${sourceVpcId} is associated with no service network`,
    };
  }
  const candidates = estate.services.filter(service =>
    hostNamesOf(service).includes(host),
  );
  for (const network of networks) {
    const service = candidates.find(candidate =>
      estate.serviceAssociations.find(
        association =>
          association.serviceArn === candidate.arn &&
          association.serviceNetworkArn === network.arn &&
          association.status === 'ACTIVE',
      ),
    );
    if (service) {
      return { kind: 'found', vpc, network, service };
    }
  }
  return { kind: 'not-registered' };
}

/** The network that a VPC is associated with, then those that it has endpoints of. */
function networksOf(estate: Estate, vpcId: string): ServiceNetwork[] {
  const arns = [
    ...estate.vpcAssociations
      .filter(
        association =>
          association.vpcId === vpcId && association.status === 'ACTIVE',
      )
      .map(({ serviceNetworkArn }) => serviceNetworkArn),
    ...estate.vpcEndpoints
      .filter(endpoint => endpoint.vpcId === vpcId)
      .map(({ serviceNetworkArn }) => serviceNetworkArn),
  ];
  return [...new Set(arns)]
    .map(arn => estate.serviceNetworks.get(arn ?? ''))
    .filter(network => network !== undefined);
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
