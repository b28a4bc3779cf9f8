import type { HostedZone } from '../../estate/networkResources';
import { AwsError } from '../AwsError';
import type { OperationContext, ServiceOperations } from '../OperationHandler';

export const hostedZoneOperations: ServiceOperations = {
  GetHostedZone({ Id }, context) {
    const zone = findHostedZone(context, Id);
    return {
      HostedZone: describe(zone),
      ...(zone.isPrivate
        ? {
            VPCs: zone.vpcIds.map(VPCId => ({
              VPCId,
              VPCRegion: context.estate.vpcs.get(VPCId)?.region,
            })),
          }
        : { DelegationSet: { NameServers: nameServers(zone) } }),
    };
  },

  ListHostedZones({ Marker, MaxItems = 100 }, context) {
    const { items, next } = page(own(context), MaxItems, zone =>
      Marker ? zone.id >= Marker : true,
    );
    return {
      HostedZones: items.map(describe),
      Marker,
      IsTruncated: next !== undefined,
      NextMarker: next?.id,
      MaxItems,
    };
  },

  ListHostedZonesByName(input, context) {
    const { DNSName, HostedZoneId, MaxItems = 100 } = input;
    const from = DNSName && reversed(absolute(DNSName));
    const sorted = own(context).sort((left, right) =>
      reversed(left.name) < reversed(right.name) ? -1 : 1,
    );
    const { items, next } = page(sorted, MaxItems, zone =>
      from ? reversed(zone.name) >= from : true,
    );
    return {
      HostedZones: items.map(describe),
      DNSName,
      HostedZoneId,
      IsTruncated: next !== undefined,
      NextDNSName: next?.name,
      NextHostedZoneId: next?.id,
      MaxItems,
    };
  },
};

/** Domain names are sorted by their labels from the last to the first. */
export function reversed(name: string): string {
  return name.split('.').reverse().join('.');
}

/** In lower case, with a dot at the end. */
export function absolute(name: string): string {
  return `${name.toLowerCase().replace(/\.$/, '')}.`;
}

/** @throws AwsError NoSuchHostedZone */
export function findHostedZone(
  { estate, accountId }: OperationContext,
  identifier: string,
): HostedZone {
  const id = identifier.replace(/^\/?hostedzone\//, '');
  const zone = estate.hostedZones.get(id);
  if (zone?.accountId !== accountId) {
    throw new AwsError({
      code: 'NoSuchHostedZone',
      message: `No hosted zone found with ID: ${id}`,
    });
  }
  return zone;
}

function own({ estate, accountId }: OperationContext): HostedZone[] {
  return estate.hostedZones
    .filter(zone => zone.accountId === accountId)
    .sort((left, right) => (left.id < right.id ? -1 : 1));
}

function page<T>(items: T[], size: number, accept: (item: T) => boolean) {
  const rest = items.filter(accept);
  return { items: rest.slice(0, Number(size)), next: rest[Number(size)] };
}

function nameServers({ id }: HostedZone): string[] {
  const number = id.charCodeAt(1) % 100;
  return ['com', 'net', 'org', 'co.uk'].map(
    (domain, index) => `ns-${number + index * 512}.awsdns-0${index}.${domain}`,
  );
}

function describe(zone: HostedZone) {
  return {
    Id: `/hostedzone/${zone.id}`,
    Name: zone.name,
    CallerReference: zone.id,
    Config: { Comment: zone.comment, PrivateZone: zone.isPrivate },
    ResourceRecordSetCount: zone.recordSets.length,
  };
}
