import {
  callerAccountId,
  callerName,
  type LogSourceStatus,
  type MapEdge,
  type ServiceMap,
} from '@lattice-portal/plugin-lattice-common';
import type { Reading } from '../../checks/Reading';

/** Who called through a service network from a VPC. */
export interface CallersFromVpc {
  /** Each in words: `app of account 223344556677 to orders, last at 2026-01-01T10:00:00.000Z`. */
  callers: string[];
  /** Why there may be more. Absent: there are none. */
  unknown?: string;
}

/** Calls that VPC Lattice let through: whoever made them loses something. */
function countThrough({ counts }: MapEdge): number {
  return counts.allowed + counts['target-refused'] + counts.failed;
}

/**
 * Takes from the map who called services of a network from a VPC, and got through.
 *
 * @param options - `from`: since when calls count, in milliseconds since the epoch. `destinations`: where the network's access logs go, by ARN; or why that can't be told
 */
export function callersFromVpc(options: {
  map: Pick<ServiceMap, 'edges' | 'services' | 'completeness'>;
  vpcId: string;
  serviceNetworkArn: string;
  from: number;
  destinations: Reading<string[]>;
}): CallersFromVpc {
  const { map, vpcId, serviceNetworkArn, from, destinations } = options;
  const services = new Map(map.services.map(service => [service.arn, service]));
  const callers = map.edges
    .filter(
      edge =>
        edge.sourceVpcId === vpcId &&
        countThrough(edge) > 0 &&
        isInNetwork(services.get(edge.serviceArn), serviceNetworkArn),
    )
    .sort((a, b) => b.lastSeen.localeCompare(a.lastSeen))
    .map(
      ({ callerId, serviceArn, lastSeen }) =>
        `${describeCaller(callerId)} to ${
          services.get(serviceArn)?.name ?? serviceArn
        }, last at ${lastSeen}`,
    );
  return {
    callers,
    unknown: whyUnknown({
      sources: map.completeness.sources,
      from,
      destinations,
    }),
  };
}

/** A service that the estate has no more, or not in full, may have been in the network. */
function isInNetwork(
  service: ServiceMap['services'][number] | undefined,
  serviceNetworkArn: string,
): boolean {
  const networks = service?.serviceNetworkArns ?? [];
  return networks.length === 0 || networks.includes(serviceNetworkArn);
}

/** A network's own access log has every call in it; one that is read from then on will do. */
function whyUnknown(options: {
  sources: LogSourceStatus[];
  from: number;
  destinations: Reading<string[]>;
}): string | undefined {
  const { sources, from, destinations } = options;
  if (destinations.status === 'unreadable') {
    return `where the access logs of the service network go can't be read (${destinations.reason})`;
  }
  if (destinations.value.length === 0) {
    return 'the service network has no access log';
  }
  const own = sources.filter(({ id }) =>
    destinations.value.some(arn => id === arn || id.startsWith(`${arn} `)),
  );
  const begun = own.flatMap(({ status, readFrom, loggedFrom = readFrom }) =>
    status === 'reading' && readFrom && loggedFrom
      ? Math.max(Date.parse(readFrom), Date.parse(loggedFrom))
      : [],
  );
  if (begun.length > 0) {
    const first = Math.min(...begun);
    return first <= from
      ? undefined
      : `the network's access logs that the portal reads begin at ${new Date(
          first,
        ).toISOString()}`;
  }
  const states = own.map(
    ({ id, status, error }) =>
      `${id} is ${status}${error ? `: ${error.message}` : ''}`,
  );
  return `the portal reads none of the network's access logs (${
    states.join('; ') || destinations.value.join(', ')
  })`;
}

function describeCaller(callerId: string): string {
  const name = callerName(callerId);
  const account = callerAccountId(callerId);
  return account ? `${name} of account ${account}` : name;
}
