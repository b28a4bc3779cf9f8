import type { DataPlaneCall } from '../dataPlane';
import {
  type EstateFile,
  serviceDomainName,
  stableId,
  type TrafficRow,
} from '../defaultEstate';
import type { Estate } from '../estate/Estate';
import { schedule } from './schedule';

/** A call of the traffic table. */
export interface TrafficCall {
  row: TrafficRow;
  call: DataPlaneCall & { time: number };
}

/**
 * All calls of the traffic table after `from` and up to `to`, in the order of time.
 *
 * @param options - Times in milliseconds since the epoch; `every`: takes one call out of so many.
 */
export function callsBetween(options: {
  file: EstateFile;
  estate: Estate;
  from: number;
  to: number;
  every?: number;
}): TrafficCall[] {
  const { file, estate } = options;
  const { seed, rows } = file.traffic;
  const calls: TrafficCall[] = [];
  for (const row of rows) {
    for (const { host, createdAt } of hostsOf(row, file, estate)) {
      const name = row.discover ? `${row.name}/${host}` : row.name;
      const { perMinute } = row;
      const scheduled = schedule({ ...options, seed, name, perMinute });
      for (const { time, requestId, random } of scheduled) {
        if (time < createdAt) {
          continue;
        }
        const headers: Record<string, string[]> = {
          'user-agent': [`${row.role ?? 'curl'}/1.0`],
          'x-amzn-requestid': [requestId],
        };
        for (const [key, value] of Object.entries(row.headers)) {
          headers[key.toLowerCase()] = [value];
        }
        calls.push({
          row,
          call: {
            host,
            method: row.method,
            path: fillPath(row.path, random),
            headers,
            caller: callerOf(row, file),
            sourceVpcId: stableId('vpc', row.vpc),
            time,
            random,
          },
        });
      }
    }
  }
  return calls.sort((one, other) => one.call.time - other.call.time);
}

/** Host names a row calls, and since when there is something. */
function hostsOf(
  row: TrafficRow,
  file: EstateFile,
  estate: Estate,
): { host: string; createdAt: number }[] {
  if (row.service !== undefined) {
    const name = row.service;
    const id = stableId('svc', name);
    const host = serviceDomainName({ name, id, region: file.region });
    return [{ host, createdAt: 0 }];
  }
  const vpcId = stableId('vpc', row.vpc);
  const network = estate.vpcAssociations.find(
    association => association.vpcId === vpcId,
  )?.serviceNetworkArn;
  const known = new Set(file.services.map(({ name }) => stableId('svc', name)));
  return estate.serviceAssociations
    .filter(association => association.serviceNetworkArn === network)
    .flatMap(association => {
      const service = estate.services.get(association.serviceArn);
      return service && !known.has(service.id)
        ? [
            {
              host: service.dnsEntry.domainName,
              createdAt: Date.parse(association.createdAt),
            },
          ]
        : [];
    });
}

function callerOf(row: TrafficRow, file: EstateFile): DataPlaneCall['caller'] {
  const role = file.roles.find(({ name }) => name === row.role);
  const account = file.accounts.find(({ name }) => name === role?.account);
  if (!role || !account) {
    return { kind: 'anonymous' };
  }
  return {
    kind: 'signed',
    accountId: account.id,
    roleArn: `arn:aws:iam::${account.id}:role/${role.name}`,
    principalArn: `arn:aws:sts::${account.id}:assumed-role/${role.name}/${role.name}`,
  };
}

/** Replaces `{1..400}` by a number of that range. */
function fillPath(path: string, random: () => number): string {
  return path.replace(/\{(\d+)\.\.(\d+)\}/g, (_, low, high) =>
    String(
      Number(low) + Math.floor(random() * (Number(high) - Number(low) + 1)),
    ),
  );
}
