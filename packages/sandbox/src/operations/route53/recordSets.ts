import { randomUUID } from 'node:crypto';
import type { HostedZone, RecordSet } from '../../estate/networkResources';
import { AwsError } from '../AwsError';
import type { ServiceOperations } from '../OperationHandler';
import { absolute, findHostedZone, reversed } from './hostedZones';

export const recordSetOperations: ServiceOperations = {
  ListResourceRecordSets(input, context) {
    const { StartRecordName, StartRecordType, MaxItems = 300 } = input;
    const zone = findHostedZone(context, input.HostedZoneId);
    const from = StartRecordName && reversed(absolute(StartRecordName));
    const rest = [...zone.recordSets]
      .sort((left, right) => (sortKey(left) < sortKey(right) ? -1 : 1))
      .filter(
        record =>
          !from ||
          reversed(record.Name) > from ||
          (reversed(record.Name) === from &&
            (!StartRecordType || record.Type >= StartRecordType)),
      );
    const next = rest[Number(MaxItems)];
    return {
      ResourceRecordSets: rest.slice(0, Number(MaxItems)),
      IsTruncated: next !== undefined,
      NextRecordName: next?.Name,
      NextRecordType: next?.Type,
      MaxItems,
    };
  },

  ChangeResourceRecordSets(input, context) {
    const zone = findHostedZone(context, input.HostedZoneId);
    let { recordSets } = zone;
    const problems: string[] = [];
    for (const { Action, ResourceRecordSet } of input.ChangeBatch.Changes) {
      const record = {
        ...ResourceRecordSet,
        Name: absolute(ResourceRecordSet.Name),
      } as RecordSet;
      const problem = refuse(zone, recordSets, Action, record);
      if (problem) {
        problems.push(problem);
        continue;
      }
      recordSets = recordSets.filter(other => keyOf(other) !== keyOf(record));
      if (Action !== 'DELETE') {
        recordSets = [...recordSets, record];
      }
    }
    // All changes of a batch, or none.
    if (problems.length > 0) {
      throw new AwsError({
        code: 'InvalidChangeBatch',
        message: `[${problems.join(', ')}]`,
        members: { messages: problems },
      });
    }
    context.estate.hostedZones.put(zone.id, { ...zone, recordSets });
    return { ChangeInfo: changeInfo(randomUUID(), context.now()) };
  },

  GetChange({ Id }, context) {
    return {
      ChangeInfo: changeInfo(Id.replace(/^\/?change\//, ''), context.now()),
    };
  },
};

/** Changes are in effect at once. */
function changeInfo(id: string, now: number) {
  return {
    Id: `/change/C${id.replaceAll('-', '').slice(0, 20).toUpperCase()}`,
    Status: 'INSYNC',
    SubmittedAt: new Date(now),
  };
}

function sortKey(record: RecordSet): string {
  return `${reversed(record.Name)} ${record.Type} ${
    record.SetIdentifier ?? ''
  }`;
}

function keyOf({ Name, Type, SetIdentifier = '' }: RecordSet): string {
  return [Name, Type, SetIdentifier].join(' ');
}

/** Why Route 53 would refuse a change; `undefined` when it would not. */
function refuse(
  zone: HostedZone,
  recordSets: RecordSet[],
  action: string,
  record: RecordSet,
): string | undefined {
  const { Name, Type } = record;
  const what = `[name='${Name}', type='${Type}']`;
  if (Name !== zone.name && !Name.endsWith(`.${zone.name}`)) {
    return `RRSet with DNS name ${Name} is not permitted in zone ${zone.name}`;
  }
  const isThere = recordSets.some(other => keyOf(other) === keyOf(record));
  if (action === 'DELETE') {
    return isThere
      ? undefined
      : `Tried to delete resource record set ${what} but it was not found`;
  }
  if (action === 'CREATE' && isThere) {
    return `Tried to create resource record set ${what} but it already exists`;
  }
  const isAlone = (other: RecordSet) =>
    other.Name === Name &&
    other.Type !== Type &&
    (other.Type === 'CNAME' || Type === 'CNAME');
  if (Type === 'CNAME' && Name === zone.name) {
    return `RRSet of type CNAME with DNS name ${Name} is not permitted at apex in zone ${zone.name}`;
  }
  return recordSets.some(isAlone)
    ? `RRSet of type ${Type} with DNS name ${Name} is not permitted as it conflicts with other records with the same DNS name in zone ${zone.name}`
    : undefined;
}
