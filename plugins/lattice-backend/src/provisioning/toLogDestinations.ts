import {
  parseArn,
  type ProvisioningLogDestination,
} from '@lattice-portal/plugin-lattice-common';
import type { ReadPlace } from '@lattice-portal/plugin-lattice-node';
import type { EstateIndex } from '../estate/EstateIndex';

/**
 * Where access logs of an account can go: its buckets, and where logs of the Region go already that the viewer may
 * know of, such as a bucket for all accounts.
 */
export function toLogDestinations(options: {
  index: EstateIndex;
  place: ReadPlace;
  buckets: string[];
  maySee: (arn: string) => boolean;
}): ProvisioningLogDestination[] {
  const { index, place, buckets, maySee } = options;
  const users = new Map<string, Set<string>>(
    buckets.map(arn => [arn, new Set()]),
  );
  for (const { estate, region } of index.snapshots) {
    for (const subscription of estate?.accessLogSubscriptions ?? []) {
      const { resourceArn, destinationArn } = subscription;
      const arn = destinationArn.replace(/:\*$/, '');
      const isReachable =
        kindOf(arn) === 'bucket' ||
        parseArn(arn)?.accountId === place.accountId;
      if (region === place.region && isReachable && maySee(resourceArn)) {
        const known = users.get(arn) ?? new Set();
        users.set(arn, known.add(nameOf(index, resourceArn)));
      }
    }
  }
  return [...users]
    .map(([arn, usedBy]) => ({
      arn,
      kind: kindOf(arn),
      usedBy: [...usedBy].sort(),
    }))
    .sort(
      (a, b) =>
        b.usedBy.length - a.usedBy.length || a.arn.localeCompare(b.arn, 'en'),
    );
}

function kindOf(arn: string): ProvisioningLogDestination['kind'] {
  switch (parseArn(arn)?.service) {
    case 's3':
      return 'bucket';
    case 'firehose':
      return 'delivery-stream';
    default:
      return 'log-group';
  }
}

function nameOf(index: EstateIndex, arn: string): string {
  return (
    index.services.get(arn)?.name ?? index.serviceNetworks.get(arn)?.name ?? arn
  );
}
